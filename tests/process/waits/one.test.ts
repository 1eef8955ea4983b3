import { setTimeout as sleep } from "node:timers/promises";

import type { ProviderProcess } from "../../support/harness/providerProcess";
import { COLLECTION, ITEM, Scene, leftover, refusal } from "../scene";

/** A separate cloud for each test, since the tests mostly wait and can run concurrently. */
const scene = (test: (scene: Scene) => Promise<void>) => async () => {
  const own = await Scene.open();
  try {
    await test(own);
  } finally {
    await own.close();
  }
};

describe("a provider without its engine", () => {
  /** Begins an update that waits; 2 s after its begin, it would send its PUT. */
  const waitToUpdate = async (own: Scene, provider: ProviderProcess) => {
    const { inputs, outputs, id } = await own.make(provider, {
      description: "[pending 2s]",
      waitFor: "accepted",
    });
    provider.update(id, outputs, { ...inputs, mtu: 1400 }).catch(() => undefined);
    await own.polls(1);
  };

  const expectEnd = async (own: Scene, provider: ProviderProcess) => {
    const end = await Promise.race([provider.ended, sleep(5_000, "still there", { ref: false })]);
    expect(end).not.toBe("still there");
    const sent = own.sent().length;
    await sleep(2_000);
    expect(own.sent()).toHaveLength(sent);
    expect(own.sent("PUT")).toEqual([]);
  };

  it.concurrent(
    "exits during a wait after a SIGKILL of the engine",
    scene(async (own) => {
      const provider = await own.start();
      await waitToUpdate(own, provider);
      provider.killEngine();
      await expectEnd(own, provider);
    }),
  );

  it.concurrent(
    "exits during a wait after the reader of its output has closed the pipe",
    scene(async (own) => {
      const provider = await own.start({ config: { "vpnaas:logLevel": "debug" } });
      await waitToUpdate(own, provider);
      provider.closeOutput();
      await expectEnd(own, provider);
    }),
  );
});

describe("a wait", () => {
  it.concurrent(
    "reports all waits of the process in one line after five seconds",
    scene(async (own) => {
      const provider = await own.start();
      const waits = ["10.2.0.0/24", "10.3.0.0/24"].map((network) => {
        const timeouts = { create: "9s" };
        return own.make(provider, { description: "[stuck]", timeouts, peerCidrs: [network] });
      });
      for (const { message } of await Promise.all(waits.map(refusal))) {
        expect(message).toMatch(/Waited \d+s/);
      }
      expect(provider.stdout).toEqual([
        expect.stringMatching(
          /^Waiting for 2: 2 PENDING_CREATE; the longest, .*connection-\d.*, for 5s, \ds left$/,
        ),
      ]);
    }),
  );

  it.concurrent(
    "prints nothing if it is short",
    scene(async (own) => {
      const provider = await own.start();
      await own.make(provider, { description: "[pending 0.6s]" });
      expect(provider.output).toBe("");
    }),
  );

  it.concurrent(
    "continues after transient errors",
    scene(async (own) => {
      const provider = await own.start();
      own.sim.script({ method: "GET", path: ITEM, answer: { status: 503 } });
      own.sim.script({ method: "GET", path: ITEM, answer: "reset-before" });
      expect((await own.make(provider)).outputs["status"]).toBe("ACTIVE");
    }),
  );

  it.concurrent.each([
    ["a POST", "POST", COLLECTION, /still PENDING_CREATE/],
    ["a GET", "GET", ITEM, /The last poll failed: .*no answer \(timeout\)/],
  ])("ends about at its timeout if %s gets no response", (_what, method, path, reason) =>
    scene(async (own) => {
      const provider = await own.start();
      own.sim.script({ method, path, times: Infinity, answer: "silence" });
      const begin = Date.now();
      const left = await leftover(
        own.make(provider, { description: "[stuck]", timeouts: { create: "3s" } }),
      );
      expect(left.reason).toMatch(reason);
      expect(await own.named(left.properties["name"])).toMatchObject([{ id: left.id }]);
      expect(Date.now() - begin).toBeLessThan(9_000);
    })(),
  );

  it.concurrent(
    "does not exceed its timeout because of a Retry-After",
    scene(async (own) => {
      const provider = await own.start();
      const known = await own.make(provider);
      const asks = { status: 503, headers: { "Retry-After": "10" } };
      own.sim.script({ method: "GET", path: ITEM, times: Infinity, answer: asks });
      const begin = Date.now();
      const timeouts = { update: "1s" };
      const error = await refusal(own.change(provider, known, { mtu: 1400, timeouts }));
      expect(error.message).toContain("answered 503");
      expect(Date.now() - begin).toBeLessThan(5_000);
    }),
  );

  it.concurrent(
    "ends at its timeout with the POST's response if every GET fails",
    scene(async (own) => {
      const provider = await own.start();
      own.sim.script({ method: "GET", path: ITEM, times: Infinity, answer: { status: 500 } });
      const begin = Date.now();
      const left = await leftover(own.make(provider, { timeouts: { create: "1s" } }));
      expect(left.reason).toMatch(/The last poll failed: .*answered 500/);
      expect(left.properties).toMatchObject({ status: "PENDING_CREATE", psk: "a pre-shared key" });
      expect(Date.now() - begin).toBeLessThan(5_000);
    }),
  );
});
