import { isWhole } from "../../support/harness/campaigns";
import type { Properties, ProviderProcess } from "../../support/harness/providerProcess";
import { COLLECTION, Scene } from "../scene";

const COUNT = isWhole("PREVIEW") ? 1_000 : 250;
/** The requests that a preview of new connections may send in addition, with the login. */
const BUDGET = 20;
/** The engine checks this many resources at once at most. */
const PARALLEL = 16;

let scene: Scene;
let provider: ProviderProcess;

beforeEach(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  provider = await scene.start();
  scene.forget();
});

afterEach(() => scene.close());

async function checkAll(all: readonly [Properties, Properties][]): Promise<string[]> {
  const failures: string[] = [];
  for (let at = 0; at < all.length; at += PARALLEL) {
    const some = all.slice(at, at + PARALLEL);
    const checked = await Promise.all(some.map(([news, olds]) => provider.check(news, olds)));
    failures.push(...checked.flatMap((one) => one.failures));
  }
  return failures;
}

it(`a preview of ${COUNT} unchanged connections sends no request`, async () => {
  const { inputs } = await (await scene.start()).check(scene.args());
  scene.forget();
  const all = Array.from({ length: COUNT }, (_, i) => ({ ...inputs, name: `c${i}` }));
  expect(await checkAll(all.map((one) => [one, one]))).toEqual([]);
  expect(scene.sent()).toEqual([]);
});

it(`a preview of ${COUNT} new connections sends at most ${BUDGET} requests`, async () => {
  const all = Array.from({ length: COUNT }, (_, i) =>
    scene.args({ peerAddress: `10.9.${i >> 8}.${i & 255}` }),
  );
  expect(await checkAll(all.map((one) => [one, {}]))).toEqual([]);
  expect(scene.sent().length).toBeLessThanOrEqual(BUDGET);
  expect(scene.sent().length).toBeGreaterThan(0);
});

it("the check of a changed connection and the notice of its interruption share one list", async () => {
  const { id, inputs, outputs } = await scene.settled(provider);
  const other = await scene.start();
  scene.forget();
  const changed = await other.check({ ...inputs, peerAddress: "198.51.100.99" }, inputs);
  await other.diff(id, outputs, changed.inputs);
  expect(other.output).toMatch(/^Changing IpsecSiteConnection .* interrupts its tunnel/m);
  expect(scene.sent("GET", COLLECTION)).toHaveLength(1);
});
