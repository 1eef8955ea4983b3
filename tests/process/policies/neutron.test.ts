import {
  type Properties,
  PROVIDER_TEXTS,
  type ProviderProcess,
} from "../../support/harness/providerProcess";
import { COLLECTION, type Known, Scene, printed, refusal } from "../scene";

let scene: Scene;
let provider: ProviderProcess;

const POLICIES = [
  {
    kind: "IkePolicy",
    envelope: "ikepolicy",
    reference: "ikepolicy_id",
    inUse: "IKEPolicyInUse",
    own: { ike_version: "v1", phase1_negotiation_mode: "main" },
    another: [{ ikeVersion: "v2" }, { ike_version: "v2" }],
  },
  {
    kind: "IpsecPolicy",
    envelope: "ipsecpolicy",
    reference: "ipsecpolicy_id",
    inUse: "IPsecPolicyInUse",
    own: { encapsulation_mode: "tunnel", transform_protocol: "esp" },
    another: [{ transformProtocol: "ah" }, { transform_protocol: "ah" }],
  },
] as const;

const IN_PLACE = { changes: true, replaces: [], deleteBeforeReplace: false };

/** Creates a policy and a connection that uses it. */
async function used(reference: string, changes = {}): Promise<Known & { readonly user: string }> {
  const known = await scene.make(provider, changes);
  const user = await scene.connect({ [reference]: known.id, name: "its user" });
  scene.forget();
  return { ...known, user };
}

describe.each(POLICIES)("one $kind", ({ kind, envelope, reference, inUse, own, another }) => {
  beforeAll(async () => {
    scene = await Scene.open({ kind, pendingMs: 0 });
    provider = await scene.start();
  });

  beforeEach(() => scene.forget());

  afterAll(() => scene.close());

  it("is created with every default, including the algorithms", async () => {
    const { id, inputs, outputs } = await scene.make(provider);
    expect(scene.sent("POST", scene.collection).map(({ body }) => body)).toEqual([
      {
        [envelope]: {
          name: inputs["name"],
          description: "",
          auth_algorithm: "sha256",
          encryption_algorithm: "aes-128",
          pfs: "group14",
          lifetime: { units: "seconds", value: 3600 },
          ...own,
        },
      },
    ]);
    expect(outputs).toEqual({
      ...inputs,
      projectId: scene.sim.fixture.projectId,
      endpoint: scene.sim.endpoint,
      __provider: PROVIDER_TEXTS[kind],
    });
    expect(await scene.live(id)).toMatchObject({
      auth_algorithm: "sha256",
      pfs: "group14",
      ...own,
    });
    expect(scene.sent("GET", scene.item).map(({ user }) => user)).toEqual(["lab-user"]);
  });

  it.each<[Properties, Properties]>([
    [{ name: "renamed" }, { name: "renamed" }],
    [{ description: "new" }, { description: "new" }],
    [{ authAlgorithm: "sha512" }, { auth_algorithm: "sha512" }],
    [{ encryptionAlgorithm: "aes-256-gcm-16" }, { encryption_algorithm: "aes-256-gcm-16" }],
    [{ pfs: "group31" }, { pfs: "group31" }],
    [{ lifetime: { value: 28800 } }, { lifetime: { units: "seconds", value: 28800 } }],
    [...another],
  ])(
    "is changed by %j in place while it is unused, and no other request changes it",
    async (news, body) => {
      const known = await scene.make(provider);
      const diff = await provider.diff(known.id, known.outputs, { ...known.inputs, ...news });
      expect(diff).toEqual(IN_PLACE);
      const { outputs } = await scene.change(provider, known, news);
      expect(scene.changes()).toEqual([{ [envelope]: body }]);
      expect(outputs).toEqual({ ...known.outputs, ...news, ...lifetimeOf(body) });
      expect(await scene.live(known.id)).toMatchObject(body);
    },
  );

  it.each([
    ["a half of the lifetime", { lifetime: { units: "seconds" } }],
    ["no lifetime", { lifetime: null }],
    ["explicit defaults", { pfs: "group14", authAlgorithm: "sha256", description: "" }],
  ])("has no changes with %s, and the diff sends no request", async (_what, news) => {
    const { id, inputs, outputs } = await scene.make(provider);
    scene.forget();
    expect((await provider.diff(id, outputs, { ...inputs, ...news })).changes).toBe(false);
    expect(scene.sent()).toEqual([]);
  });

  it("causes one filtered list of its dependents in a diff", async () => {
    const { id, inputs, outputs } = await used(reference);
    await provider.diff(id, outputs, { ...inputs, pfs: "group15", description: "new" });
    expect(scene.sent().map(({ method, query }) => [method, query])).toEqual([
      ["GET", `${reference}=${id}`],
    ]);
  });

  it("is replaced, creating first, while it is in use, and the reason is reported", async () => {
    const { id, inputs, outputs, user } = await used(reference);
    expect(await provider.diff(id, outputs, { ...inputs, description: "new" })).toEqual({
      changes: true,
      replaces: ["description"],
      deleteBeforeReplace: false,
    });
    const reason = `it is in use by IpsecSiteConnection its user (${user})`;
    expect(await printed(provider)).toContain(`(${id}) is replaced`);
    expect(await printed(provider)).toContain(reason);
  });

  it("gets another default name in its replacement, which exists beside it", async () => {
    const first = scene.unnamed("office");
    const old = await used(reference, first);
    const second = scene.unnamed("office", { pfs: "group15" });
    const diff = await provider.diff(old.id, old.outputs, second);
    expect(diff).toMatchObject({ replaces: ["name", "pfs"], deleteBeforeReplace: false });
    const { inputs } = await provider.check(second);
    const { id } = await provider.create(inputs);
    expect(await scene.named(first.name)).toMatchObject([{ id: old.id, pfs: "group14" }]);
    expect(await scene.named(second.name)).toMatchObject([{ id, pfs: "group15" }]);
    await scene.disconnect(old.user);
    await provider.delete(old.id, old.outputs);
    expect(await scene.named(first.name)).toEqual([]);
  });

  it("changes its timeouts without a request while it is in use", async () => {
    const { id, inputs, outputs } = await used(reference);
    const news = { ...inputs, timeouts: { delete: "3m" } };
    expect(await provider.diff(id, outputs, news)).toEqual(IN_PLACE);
    expect(scene.sent()).toEqual([]);
    expect(await provider.update(id, outputs, news)).toMatchObject(news);
  });

  it.each([
    ["does not show", { status: 403 }],
    ["does not list", "reset-before"],
  ] as const)("whose dependents the cloud %s is replaced", async (_how, answer) => {
    const { id, inputs, outputs } = await scene.make(provider);
    const rule = { method: "GET", path: COLLECTION, answer };
    const news = { ...inputs, description: "new" };
    const diff = await scene.during(rule, () => provider.diff(id, outputs, news));
    expect(diff).toMatchObject({ replaces: ["description"], deleteBeforeReplace: false });
    expect(await printed(provider)).toContain("it is unknown whether it is in use");
  });

  it("with a use that begins after the diff is unchanged, and the error names the dependent", async () => {
    const known = await used(reference);
    const error = await refusal(scene.change(provider, known, { description: "new" }));
    expect(error.message).toContain(`in use by IpsecSiteConnection its user (${known.user})`);
    expect(error.message).toContain("Nothing was changed");
    expect(error.partial).toBeUndefined();
    expect(scene.sent("PUT")).toEqual([]);
  });

  it("with a use that begins just before the PUT is unchanged, and the error names the dependent", async () => {
    const known = await scene.make(provider, { description: "old" });
    let user: string | undefined;
    scene.sim.script({
      method: "PUT",
      path: scene.item,
      onRequest: async () => {
        user = await scene.connect({ [reference]: known.id, name: "its user" });
      },
    });
    const error = await refusal(scene.change(provider, known, { description: "new" }));
    expect(scene.sent("PUT").map(({ status }) => status)).toEqual([409]);
    expect(error.partial).toBeUndefined();
    expect(await scene.live(known.id)).toMatchObject({ description: "old" });
    expect(error.message).toContain(`in use by IpsecSiteConnection its user (${user})`);
  });

  it("is deleted once it is unused", async () => {
    const known = await used(reference);
    const deleted = provider.delete(known.id, known.outputs);
    await scene.answered("GET", COLLECTION);
    await scene.disconnect(known.user);
    await deleted;
    expect(scene.sent("DELETE", scene.item).map(({ status }) => status)).toEqual([409, 204]);
    expect(await scene.named(known.inputs["name"])).toEqual([]);
  });

  it("is not deleted while it stays in use, and the error names the dependents", async () => {
    const known = await used(reference, { timeouts: { delete: "1s" } });
    const others = await Promise.all(
      Array.from({ length: 6 }, () => scene.connect({ [reference]: known.id })),
    );
    const error = await refusal(provider.delete(known.id, known.outputs));
    expect(error.message).toMatch(/Waited 1s for \w+ .* to be deleted, but it is still in use by/);
    // On a busy machine the last poll may come too late for its answer.
    expect(error.message).toMatch(
      /IpsecSiteConnection user \(.* and 2 more\. (The last poll failed: .* )?Delete the objects that use it/,
    );
    expect(error.partial).toBeUndefined();
    expect(await scene.live(known.id)).toMatchObject({ id: known.id });
    expect(others).toHaveLength(6);
  });

  it("is not deleted while an invisible object uses it, and the error states this", async () => {
    const known = await scene.make(provider, { timeouts: { delete: "1s" } });
    const body = { NeutronError: { type: inUse, message: "in use", detail: "" } };
    const rule = { method: "DELETE", path: scene.item, answer: { status: 409, body } };
    const error = await scene.during(rule, () => refusal(provider.delete(known.id, known.outputs)));
    expect(error.message).toMatch(/still in use by .*this login cannot see/);
  });
});

/** The response has both members of a lifetime. */
function lifetimeOf(body: Properties): Properties {
  return "lifetime" in body ? { lifetime: body["lifetime"] } : {};
}
