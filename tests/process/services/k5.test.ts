import type { ProviderProcess } from "../../support/harness/providerProcess";
import { refusal, Scene } from "../scene";

let scene: Scene;
let provider: ProviderProcess;

beforeAll(async () => {
  scene = await Scene.open({ kind: "VpnService", dialect: "k5", pendingMs: 0 });
  provider = await scene.start();
});

afterAll(() => scene.close());

it("a K5 router accepts a replacement of its service only in the order of the diff", async () => {
  const { id, inputs, outputs } = await scene.make(provider);
  const moved = { ...inputs, subnetId: scene.sim.fixture.secondSubnetId };
  expect(await provider.diff(id, outputs, moved)).toMatchObject({
    replaces: ["subnetId"],
    deleteBeforeReplace: true,
  });

  const error = await refusal(provider.create(moved));
  expect(error.message).toMatch(/Could not create VpnService .* has a VPN service already/);

  await provider.delete(id, outputs);
  const made = await provider.create(moved);
  expect(await scene.live(made.id)).toMatchObject({ subnet_id: moved.subnetId });
});
