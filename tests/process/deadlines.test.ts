import { setTimeout as sleep } from "node:timers/promises";

import type { ProviderProcess } from "../support/harness/providerProcess";
import { until } from "../support/harness/until";
import { COLLECTION, leftover, LOGIN, refusal, Scene, type Known } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeEach(async () => {
  scene = await Scene.open({ pendingMs: 0 });
});

afterEach(() => scene.close());

/** Ids that a state would have after those operations. */
function recorded(ended: readonly PromiseSettledResult<Known>[]): string[] {
  return ended.flatMap((one) => {
    if (one.status === "fulfilled") return [one.value.id];
    const { partial } = one.reason as { partial?: { id: string } };
    return partial === undefined ? [] : [partial.id];
  });
}

const reasonsOf = (ended: readonly PromiseSettledResult<unknown>[]) =>
  ended.flatMap((one) => (one.status === "rejected" ? [(one.reason as Error).message] : []));

/** The ids that the cloud has. */
const there = async () =>
  (await scene.cloud.list("/vpn/ipsec-site-connections")).map(({ id }) => id);

describe("creates whose time ends while they wait for each other's requests", () => {
  it.each([
    ["before any of them is sent", 3_000, "5s"],
    ["after some of them were sent", 1_000, "3500ms"],
  ])("leave nothing in the cloud that is in no state: %s", async (_when, latencyMs, time) => {
    provider = await scene.start({
      config: { "vpnaas:maxConcurrency": "1" },
      answerMs: 120_000,
    });
    scene.sim.behavior.latencyMs = latencyMs;
    const ended = await Promise.allSettled(
      Array.from({ length: 6 }, () =>
        scene.make(provider, { waitFor: "accepted", timeouts: { create: time } }),
      ),
    );
    scene.sim.behavior.latencyMs = 0;
    expect((await there()).sort()).toEqual(recorded(ended).sort());
    expect(reasonsOf(ended).join("\n")).toContain("Raise timeouts or vpnaas:maxConcurrency.");
  });
});

describe("a create whose time ends while it waits for a login", () => {
  it("makes nothing, and leaves the login to those that come after it", async () => {
    provider = await scene.start({ config: { "vpnaas:endpoint": scene.sim.endpoint } });
    const login = scene.sim.script({ path: LOGIN, answer: "hold-until-released" });
    const timeouts = { create: "1s" };
    const { message } = await refusal(scene.make(provider, { timeouts }));
    expect(message).toMatch(/not sent, .* while it waited for the login/);
    login.release();
    expect(await there()).toEqual([]);
    const { id } = await scene.make(provider);
    expect(await there()).toEqual([id]);
    expect(scene.sent("POST", LOGIN)).toHaveLength(1);
  });

  it("makes nothing either where the login brings the endpoint", async () => {
    provider = await scene.start();
    const login = scene.sim.script({ path: LOGIN, answer: "hold-until-released" });
    const making = refusal(scene.make(provider, { timeouts: { create: "1s" } }));
    await until("the login", () => scene.sent("POST", LOGIN).length === 1, 10_000);
    await sleep(1_100);
    login.release();
    expect((await making).message).toMatch(/not sent, since the timeout of its operation passed/);
    expect(await there()).toEqual([]);
  });
});

it("a POST that has left when the time of its create ends is found, and kept in the state", async () => {
  provider = await scene.start();
  await scene.make(provider);
  scene.forget();
  const slow = scene.sim.script({
    method: "POST",
    path: COLLECTION,
    answer: "hold-until-released",
  });
  const making = leftoverOrKnown(scene.make(provider, { timeouts: { create: "1s" } }));
  await until("the POST", () => scene.sent("POST", COLLECTION).length === 1, 10_000);
  await sleep(3_500);
  slow.release();
  expect(await there()).toContain(await making);
  expect(scene.sent("POST", COLLECTION)).toHaveLength(1);
});

/** The id that a state has after an operation, however it ended. */
async function leftoverOrKnown(making: Promise<Known>): Promise<string> {
  return making.then(
    ({ id }) => id,
    async () => (await leftover(making)).id,
  );
}
