import { setTimeout as sleep } from "node:timers/promises";

import type { FaultRule } from "../../simulator";
import { until } from "../support/harness/until";
import type { ProviderProcess } from "../support/harness/providerProcess";
import { COLLECTION, ITEM, LOGIN, type Known, Scene } from "./scene";

/** Longer than any pause of a running provider. */
const QUIET_MS = 2_000;

/** A separate cloud and process for each test, since the tests mostly wait and can run concurrently. */
const scene = (test: (own: Scene, provider: ProviderProcess) => Promise<void>) => async () => {
  const own = await Scene.open();
  try {
    // The login of an operation is under test, not that of the check before it.
    await test(own, await own.start({ config: { "vpnaas:preflight": "off" } }));
  } finally {
    await own.close();
  }
};

async function expectEnd(provider: ProviderProcess): Promise<void> {
  const end = await Promise.race([provider.ended, sleep(5_000, "still there", { ref: false })]);
  expect(end).not.toBe("still there");
}

async function expectQuiet(own: Scene): Promise<void> {
  const sent = own.sent().length;
  await sleep(QUIET_MS);
  expect(own.sent()).toHaveLength(sent);
}

/** The operations under test; the state holds `made` in all of them except the create. */
const OPERATIONS = {
  create: (own: Scene, provider: ProviderProcess) => own.make(provider),
  update: (own: Scene, provider: ProviderProcess, made: Known) =>
    own.change(provider, made, { mtu: 1400 }),
  delete: (_own: Scene, provider: ProviderProcess, { id, outputs }: Known) =>
    provider.delete(id, outputs),
};

type Operation = keyof typeof OPERATIONS;

async function begin(own: Scene, provider: ProviderProcess, operation: Operation, rule: FaultRule) {
  const { inputs } = await provider.check(own.args({ waitFor: "accepted" }));
  const made =
    operation === "create"
      ? { id: "", inputs, outputs: {} }
      : { ...(await provider.create(inputs)), inputs };
  own.forget();
  const fault = own.sim.script(rule);
  OPERATIONS[operation](own, provider, made).catch(() => undefined);
  await until("the request", () => fault.used > 0);
  return fault;
}

describe("a provider whose engine was killed exits and sends no more requests", () => {
  it.concurrent.each<[string, Operation, string, RegExp]>([
    ["login", "create", "POST", LOGIN],
    ["list", "create", "GET", COLLECTION],
    ["POST", "create", "POST", COLLECTION],
    ["GET before a PUT", "update", "GET", ITEM],
    ["PUT", "update", "PUT", ITEM],
    ["DELETE", "delete", "DELETE", ITEM],
  ])("during a %s", (_what, operation, method, path) =>
    scene(async (own, provider) => {
      const held = await begin(own, provider, operation, { method, path, answer: "hold-after" });
      provider.killEngine();
      await expectEnd(provider);
      held.release();
      await expectQuiet(own);
      expect(own.sent().at(-1)).toMatchObject({ method });
    })(),
  );

  it.concurrent(
    "in the pause before a retry",
    scene(async (own, provider) => {
      const answer = { status: 503, headers: { "Retry-After": "1" } };
      await begin(own, provider, "create", { method: "GET", path: COLLECTION, answer });
      provider.killEngine();
      await expectEnd(provider);
      await expectQuiet(own);
      expect(own.sent("POST", COLLECTION)).toEqual([]);
    }),
  );

  it.concurrent(
    "while it is idle",
    scene(async (own, provider) => {
      await own.make(provider);
      provider.killEngine();
      await expectEnd(provider);
      await expectQuiet(own);
    }),
  );

  it.concurrent(
    "when the engine dies before the provider watches it",
    scene(async (own, provider) => {
      const other = await own.start();
      const { id, outputs } = await own.make(other);
      own.forget();
      provider.killEngine();
      // Long enough for the system to assign another parent.
      await sleep(200);
      provider.delete(id, outputs).catch(() => undefined);
      await expectEnd(provider);
      await expectQuiet(own);
      expect(own.sent("DELETE")).toEqual([]);
    }),
  );
});
