import { PROVIDER_TEXTS, type ProviderProcess } from "../../support/harness/providerProcess";
import { COLLECTION, type Known, Scene, printed, refusal } from "../scene";

let scene: Scene;
let provider: ProviderProcess;

/** Creates a service with an active connection. */
async function connected(changes = {}): Promise<Known & { readonly user: string }> {
  const { id, inputs } = await scene.make(provider, changes);
  const user = await scene.connect({ vpnservice_id: id, name: "its user" });
  const { outputs } = await provider.read(id, { ...inputs, __provider: PROVIDER_TEXTS.VpnService });
  expect(outputs["status"]).toBe("ACTIVE");
  scene.forget();
  return { id, inputs, outputs, user };
}

describe.each(["neutron", "k5"] as const)("a VPN service with a connection (%s)", (dialect) => {
  beforeAll(async () => {
    scene = await Scene.open({
      kind: "VpnService",
      dialect,
      pendingMs: 0,
      // Each test creates a service on the one router.
      servicesPerRouter: Infinity,
    });
    provider = await scene.start();
  });

  beforeEach(() => scene.forget());

  afterAll(() => scene.close());

  it("is changed in place by a PUT of the changed field alone", async () => {
    const known = await connected({ description: "old", adminStateUp: true });
    const diff = await provider.diff(known.id, known.outputs, {
      ...known.inputs,
      description: "new",
    });
    expect(diff).toEqual({ changes: true, replaces: [], deleteBeforeReplace: true });
    const { outputs } = await scene.change(provider, known, { description: "new" });
    expect(outputs).toEqual({ ...known.outputs, description: "new" });
    expect(scene.changes()).toEqual([{ vpnservice: { description: "new" } }]);
  });

  it.each([
    ["its status", (of) => of.item],
    ["its dependents", () => COLLECTION],
  ] as [string, (of: Scene) => RegExp][])(
    "is not replaced if the cloud does not show %s",
    async (_what, path) => {
      const known = await scene.make(provider);
      await scene.connect({ vpnservice_id: known.id, description: "[stuck]" });
      const rule = { method: "GET", path: path(scene), answer: { status: 403 } };
      const news = { ...known.inputs, description: "new" };
      const diff = await scene.during(rule, () => provider.diff(known.id, known.outputs, news));
      expect(diff).toEqual({ changes: true, replaces: [], deleteBeforeReplace: true });
    },
  );

  it("is changed though the first poll after the PUT fails", async () => {
    const known = await connected();
    const answer = { status: 503 };
    const path = scene.item;
    const afterwards = () => void scene.sim.script({ method: "GET", path, answer });
    scene.sim.script({ method: "PUT", path, onRequest: afterwards });
    const { outputs } = await scene.change(provider, known, { description: "new" });
    expect(outputs).toEqual({ ...known.outputs, description: "new" });
  });

  it("is changed after the first report of its connection", async () => {
    const known = await scene.make(provider);
    await scene.connect({ vpnservice_id: known.id, description: "[pending 0.6s]" });
    const { outputs } = await scene.change(provider, known, { description: "new" });
    expect(outputs).toMatchObject({ description: "new", status: "ACTIVE" });
  });

  it("names the tunnels that a change interrupts in its diff, with one list", async () => {
    const known = await connected();
    const news = { ...known.inputs, adminStateUp: false };
    const { inputs } = await provider.check(news, known.inputs);
    for (let i = 0; i < 2; i += 1) await provider.diff(known.id, known.outputs, inputs);
    const notice = /Changing VpnService .* interrupts all its tunnels for a moment: its user\./g;
    expect((await printed(provider)).match(notice)).toHaveLength(1);
    expect(scene.sent("GET", COLLECTION)).toHaveLength(1);
  });

  it("names no tunnels in its diff if the connections cannot be listed", async () => {
    const known = await connected();
    const own = await scene.start();
    const news = { ...known.inputs, description: "new" };
    const { inputs } = await own.check(news, known.inputs);
    const rule = { method: "GET", path: COLLECTION, answer: { status: 403 } };
    await scene.during(rule, () => own.diff(known.id, known.outputs, inputs));
    expect(await printed(own)).toMatch(/interrupts all its tunnels for a moment\.$/m);
  });

  it("is deleted once its connection is deleted", async () => {
    const known = await connected();
    const deleted = provider.delete(known.id, known.outputs);
    await scene.answered("GET", COLLECTION);
    await scene.disconnect(known.user);
    await deleted;
    expect(scene.sent("DELETE", scene.item).map(({ status }) => status)).toEqual([409, 204]);
  });

  it("is deleted though its connection disappears during the search for dependents", async () => {
    const known = await connected();
    const goes = () => scene.disconnect(known.user);
    scene.sim.script({ method: "GET", path: COLLECTION, onRequest: goes });
    await provider.delete(known.id, known.outputs);
    expect(scene.sent("DELETE", scene.item).map(({ status }) => status)).toEqual([409, 204]);
  });

  it("is deleted once a connection that was never reported is deleted", async () => {
    const known = await scene.make(provider, { timeouts: { delete: "5s" } });
    const user = await scene.connect({ vpnservice_id: known.id, description: "[pending 60s]" });
    scene.forget();
    const deleted = provider.delete(known.id, known.outputs);
    await scene.answered("DELETE", scene.item);
    await scene.disconnect(user);
    await deleted;
    expect(await scene.named(known.inputs["name"])).toEqual([]);
  });

  it("is not deleted while it stays in use, and the error names the connection", async () => {
    const known = await connected({ timeouts: { delete: "1s" } });
    const error = await refusal(provider.delete(known.id, known.outputs));
    expect(error.message).toMatch(/Waited 1s for VpnService .* to be deleted/);
    expect(error.message).toContain(`IpsecSiteConnection its user (${known.user})`);
    expect(await scene.live(known.id)).toMatchObject({ id: known.id });
  });
});
