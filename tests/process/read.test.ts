import type { ProviderProcess } from "../support/harness/providerProcess";
import { ITEM, Scene } from "./scene";

let scene: Scene;
let provider: ProviderProcess;

beforeAll(async () => {
  scene = await Scene.open({ pendingMs: 0 });
  provider = await scene.start();
});

beforeEach(() => scene.forget());

afterAll(() => scene.close());

const path = (id: string) => `/vpn/ipsec-site-connections/${id}`;

describe("a read", () => {
  it("returns the same outputs and inputs for an unchanged connection", async () => {
    const known = await scene.make(provider, {
      peerCidrs: ["10.9.0.0/24", "10.2.0.7/24"],
      dpd: { interval: 10 },
    });
    const { outputs, inputs } = await provider.read(known.id, known.outputs);
    expect(outputs).toEqual(known.outputs);
    expect(inputs).toEqual({ ...known.inputs, __provider: known.outputs["__provider"] });
    expect((await provider.diff(known.id, outputs, inputs)).changes).toBe(false);
  });

  it.each([
    ["name", { name: "drifted" }, "drifted"],
    ["description", { description: "drifted" }, "drifted"],
    ["adminStateUp", { admin_state_up: false }, false],
    ["peerAddress", { peer_address: "198.51.100.8" }, "198.51.100.8"],
    ["peerId", { peer_id: "@peer" }, "@peer"],
    ["peerCidrs", { peer_cidrs: ["10.3.0.0/24"] }, ["10.3.0.0/24"]],
    ["initiator", { initiator: "response-only" }, "response-only"],
    ["dpd", { dpd: { timeout: 90 } }, { action: "hold", interval: 30, timeout: 90 }],
    ["mtu", { mtu: 1400 }, 1400],
    ["localId", { local_id: "@here" }, "@here"],
    ["psk", { psk: "another key" }, "another key"],
  ])("returns a changed %s in outputs and inputs", async (property, change, value) => {
    const known = await scene.make(provider, { waitFor: "accepted" });
    await scene.cloud.put(path(known.id), { ipsec_site_connection: change });
    const { outputs, inputs } = await provider.read(known.id, known.outputs);
    expect([outputs[property], inputs[property]]).toEqual([value, value]);
    expect((await provider.diff(known.id, outputs, known.inputs)).changes).toBe(true);
  });

  it("returns no difference if the cloud answers in another order", async () => {
    const known = await scene.make(provider, { peerCidrs: ["10.2.0.0/24", "10.4.0.0/24"] });
    const live = await scene.live(known.id);
    const turned = { ...live, peer_cidrs: ["10.4.0.0/24", "10.2.0.0/24"] };
    scene.sim.script({
      method: "GET",
      path: ITEM,
      answer: { status: 200, body: { ipsec_site_connection: turned } },
    });
    const { outputs } = await provider.read(known.id, known.outputs);
    expect(outputs).toEqual(known.outputs);
  });

  it("reports in one line that the psk differs, without either value", async () => {
    const known = await scene.make(provider);
    await scene.cloud.put(path(known.id), { ipsec_site_connection: { psk: "another key" } });
    const lines = provider.stdout.length;
    await provider.read(known.id, known.outputs);
    const said = provider.stdout.slice(lines);
    expect(said).toEqual([expect.stringMatching(/psk: differs \(hidden\)$/)]);
    expect(said.join()).not.toMatch(/another key|pre-shared key/);
  });

  it("returns no id for a deleted connection", async () => {
    const known = await scene.make(provider);
    await scene.cloud.delete(path(known.id));
    expect((await provider.read(known.id, known.outputs)).id).toBe("");
  });
});
