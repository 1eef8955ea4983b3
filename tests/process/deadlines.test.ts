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

/** The ids that a state would record after the operations. */
function recorded(ended: readonly PromiseSettledResult<Known>[]): string[] {
  return ended.flatMap((one) => {
    if (one.status === "fulfilled") return [one.value.id];
    const { partial } = one.reason as { partial?: { id: string } };
    return partial === undefined ? [] : [partial.id];
  });
}

const reasonsOf = (ended: readonly PromiseSettledResult<unknown>[]) =>
  ended.flatMap((one) => (one.status === "rejected" ? [(one.reason as Error).message] : []));

/** The ids of the connections in the cloud. */
const there = async () =>
  (await scene.cloud.list("/vpn/ipsec-site-connections")).map(({ id }) => id);

describe("concurrent creates whose timeout ends in the queue of requests", () => {
  it.each([
    // The POST waits behind a list when its time ends: reads may last longer than their operation.
    ["before any POST is sent", 1_500, "3500ms"],
    ["after some POSTs were sent", 600, "2s"],
  ])("leave no unrecorded object in the cloud: %s", async (_when, latencyMs, time) => {
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

describe("a create whose timeout ends during the login", () => {
  /** Without it, the check would log in before the create. */
  const UNCHECKED = { "vpnaas:preflight": "off" };

  it("creates no object, and later creates use the login", async () => {
    const config = { ...UNCHECKED, "vpnaas:endpoint": scene.sim.endpoint };
    provider = await scene.start({ config });
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

  it("creates no object if the login also supplies the endpoint", async () => {
    provider = await scene.start({ config: UNCHECKED });
    const login = scene.sim.script({ path: LOGIN, answer: "hold-until-released" });
    const making = refusal(scene.make(provider, { timeouts: { create: "1s" } }));
    await until("the login", () => scene.sent("POST", LOGIN).length === 1, 10_000);
    await sleep(1_100);
    login.release();
    expect((await making).message).toMatch(/not sent, since the timeout of its operation passed/);
    expect(await there()).toEqual([]);
  });
});

it("a create whose timeout ends after its POST was sent finds the object and records it", async () => {
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

/** The id that a state records after an operation, successful or not. */
async function leftoverOrKnown(making: Promise<Known>): Promise<string> {
  return making.then(
    ({ id }) => id,
    async () => (await leftover(making)).id,
  );
}
