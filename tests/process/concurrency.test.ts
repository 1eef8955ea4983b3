import type { Properties, ProviderProcess } from "../support/harness/providerProcess";
import { until } from "../support/harness/until";
import { COLLECTION, LOGIN, Scene } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeEach(async () => {
  scene = await Scene.open({ latencyMs: 20 });
  scene.sim.inFlight.most = 0;
});

afterEach(() => scene.close());

const start = async (config: Record<string, string> = {}) => {
  provider = await scene.start({ config });
};

/** Creates `count` connections of a cloud at once. */
const makeMany = (count: number, cloud: Scene, changes: Properties = {}) =>
  Array.from({ length: count }, () =>
    provider.create(cloud.args({ waitFor: "accepted", ...changes })),
  );

/** Creates more connections at once than the limit allows; releases the first requests when the limit is reached. */
async function rush(most: number): Promise<void> {
  const rule = { method: "POST", path: COLLECTION, times: Infinity };
  const held = scene.sim.script({ ...rule, answer: "hold-until-released" });
  const making = makeMany(most + 10, scene);
  await until("a rush", () => scene.sim.inFlight.now >= most, 10_000);
  held.release();
  expect(new Set((await Promise.all(making)).map(({ id }) => id)).size).toBe(most + 10);
}

it("a process has at most 32 requests in flight", async () => {
  await start();
  await rush(32);
  expect(scene.sim.inFlight.most).toBe(32);
});

it.each([1, 3, 64])(
  "a process has as many requests in flight as vpnaas:maxConcurrency allows: %i",
  async (most) => {
    await start({ "vpnaas:maxConcurrency": String(most) });
    await rush(most);
    expect(scene.sim.inFlight.most).toBe(most);
  },
);

it("a login during a rush of requests does not need a free slot", async () => {
  await start({ "vpnaas:maxConcurrency": "2" });
  await Promise.all(makeMany(3, scene));
  scene.sim.revokeTokens();
  expect(await Promise.all(makeMany(12, scene))).toHaveLength(12);
  expect(scene.sent("POST", LOGIN)).toHaveLength(2);
  expect(scene.sim.inFlight.most).toBe(2);
});

it("each cloud has its own concurrency limit", async () => {
  const other = await Scene.open({ latencyMs: 20 });
  try {
    other.sim.inFlight.most = 0;
    const clouds = { lab: scene, other };
    const entries = Object.entries(clouds).map(([name, { sim }]) => [
      name,
      {
        auth: {
          auth_url: sim.identityUrl,
          project_name: "lab",
          username: "lab-user",
          password: "lab-user-pass",
        },
        vpnaas: { dialect: "neutron" },
      },
    ]);
    provider = await scene.startBare({
      config: { "vpnaas:maxConcurrency": "2" },
      files: { "clouds.yaml": JSON.stringify({ clouds: Object.fromEntries(entries) }) },
    });
    const making = Object.entries(clouds).flatMap(([cloud, one]) => makeMany(10, one, { cloud }));
    await Promise.all(making);
    expect([scene.sim.inFlight.most, other.sim.inFlight.most]).toEqual([2, 2]);
  } finally {
    await other.close();
  }
});

it("a preview refuses an invalid vpnaas:maxConcurrency", async () => {
  await start({ "vpnaas:maxConcurrency": "many" });
  const { failures } = await provider.check(scene.args());
  expect(failures).toEqual(["vpnaas:maxConcurrency must be a whole number from 1 to 1000."]);
  expect(scene.sent()).toEqual([]);
});
