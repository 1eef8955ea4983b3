import type { ProviderProcess } from "../../support/harness/providerProcess";
import { COLLECTION, Scene, printed, refusal } from "../scene";

let scene: Scene;
let provider: ProviderProcess;

const POLICIES = [
  { kind: "IkePolicy", envelope: "ikepolicy", reference: "ikepolicy_id" },
  { kind: "IpsecPolicy", envelope: "ipsecpolicy", reference: "ipsecpolicy_id" },
] as const;

describe.each(POLICIES)("in K5 one $kind", ({ kind, envelope, reference }) => {
  beforeAll(async () => {
    scene = await Scene.open({ kind, dialect: "k5", pendingMs: 0 });
    provider = await scene.start();
  });

  beforeEach(() => scene.forget());

  afterAll(() => scene.close());

  const used = async (changes = {}) => {
    const known = await scene.make(provider, changes);
    const user = await scene.connect({ [reference]: known.id, name: "its user" });
    scene.forget();
    return { ...known, user };
  };

  it("is created in its availability zone and moves to another one by a create-first replacement", async () => {
    const { inputs, outputs, id } = await scene.make(provider, { availabilityZone: "jp-east-1b" });
    expect(scene.sent("POST", scene.collection)[0]!.body).toMatchObject({
      [envelope]: { availability_zone: "jp-east-1b", auth_algorithm: "sha256" },
    });
    expect(outputs["availabilityZone"]).toBe("jp-east-1b");
    const news = { ...inputs, availabilityZone: "jp-east-1a" };
    expect(await provider.diff(id, outputs, news)).toEqual({
      changes: true,
      replaces: ["availabilityZone"],
      deleteBeforeReplace: false,
    });
  });

  it("shows the zone chosen by the cloud, which is not a difference", async () => {
    const { inputs, outputs, id } = await scene.make(provider);
    expect(outputs["availabilityZone"]).toBe("jp-east-1a");
    expect((await provider.diff(id, outputs, inputs)).changes).toBe(false);
  });

  it("fails the check with a newer algorithm, and the failure names the dialect", async () => {
    const { failures } = await provider.check(
      scene.args({ encryptionAlgorithm: "aes-256-gcm-16", pfs: "group31" }),
    );
    expect(failures).toEqual([
      expect.stringMatching(/^encryptionAlgorithm: .*vpnaas:dialect to neutron/),
      expect.stringMatching(/^pfs: .*vpnaas:dialect to neutron/),
    ]);
  });

  it("is changed in place while it is unused", async () => {
    const known = await scene.make(provider);
    const { outputs } = await scene.change(provider, known, { lifetime: { value: 7200 } });
    const lifetime = { units: "seconds", value: 7200 };
    expect(scene.changes()).toEqual([{ [envelope]: { lifetime } }]);
    expect(outputs).toEqual({ ...known.outputs, lifetime });
  });

  it("is replaced, creating first, while it is in use, and the reason is reported", async () => {
    const { id, inputs, outputs, user } = await used();
    const diff = await provider.diff(id, outputs, { ...inputs, pfs: "group5" });
    expect(diff).toEqual({ changes: true, replaces: ["pfs"], deleteBeforeReplace: false });
    expect(await printed(provider)).toContain(`IpsecSiteConnection its user (${user})`);
  });

  it("is unchanged if its PUT is refused without a message because of a new use", async () => {
    const known = await scene.make(provider, { description: "old" });
    let user: string | undefined;
    scene.sim.script({
      method: "PUT",
      path: scene.item,
      onRequest: async () => {
        user = await scene.connect({ [reference]: known.id, name: "its user" });
      },
      answer: { status: 409 },
    });
    const error = await refusal(scene.change(provider, known, { description: "new" }));
    expect(scene.sent("PUT")).toHaveLength(1);
    expect(error.partial).toBeUndefined();
    expect(await scene.live(known.id)).toMatchObject({ description: "old" });
    expect(error.message).toContain(`in use by IpsecSiteConnection its user (${user})`);
  });

  it.each([400, 409])(
    "whose DELETE is refused with %i without a message is deleted once it is unused",
    async (status) => {
      const known = await used();
      const answer = { status };
      scene.sim.script({ method: "DELETE", path: scene.item, answer });
      const deleted = provider.delete(known.id, known.outputs);
      await scene.answered("GET", COLLECTION);
      await scene.disconnect(known.user);
      await deleted;
      expect(scene.sent("DELETE", scene.item).map((one) => one.status)).toEqual([status, 204]);
    },
  );

  it("whose DELETE is refused without a message causes an error if it is unused", async () => {
    const known = await scene.make(provider, { timeouts: { delete: "1s" } });
    const rule = { method: "DELETE", path: scene.item, answer: { status: 409 } };
    const error = await scene.during(rule, () => refusal(provider.delete(known.id, known.outputs)));
    expect(error.message).toContain("answered 409");
    expect(scene.sent("DELETE").length).toBeLessThan(9);
  });

  it("is not deleted while it stays in use, and the error names the dependent", async () => {
    const known = await used({ timeouts: { delete: "1s" } });
    const error = await refusal(provider.delete(known.id, known.outputs));
    expect(error.message).toContain(`in use by IpsecSiteConnection its user (${known.user})`);
    expect(await scene.live(known.id)).toMatchObject({ id: known.id });
  });
});
