import { KINDS, type Kind } from "../support/harness/kinds";
import {
  type Properties,
  PROVIDER_TEXTS,
  type ProviderProcess,
} from "../support/harness/providerProcess";
import { CREATE_CASES } from "./createCases";
import { type Scene, printed, refusal } from "./scene";
import { Shared } from "./sharedScene";

const shared = new Shared();
let scene: Scene;
let provider: ProviderProcess;

afterAll(() => shared.close());

describe.each(CREATE_CASES)("a POST of one %s without a response (%s)", (kind, dialect) => {
  beforeAll(async () => {
    scene = await shared.scene(dialect, kind);
    provider = await shared.process(dialect, kind);
  });

  beforeEach(() => scene.forget());

  const checked = async (changes: Properties = {}) =>
    (await provider.check(scene.args(changes))).inputs;

  it("that was executed: the create returns the one object", async () => {
    scene.sim.script({ method: "POST", path: scene.collection, answer: "reset-after" });
    const { id, inputs, outputs } = await scene.make(provider, { description: "mine" });
    expect(outputs).toMatchObject({ ...inputs, __provider: PROVIDER_TEXTS[kind] });
    expect(await scene.named(inputs["name"])).toMatchObject([{ id, description: "mine" }]);
    expect(scene.sent("POST", scene.collection)).toHaveLength(1);
    expect(await printed(provider)).toContain(`(${id}) was lost, but it was created`);
  });

  it("that was executed behind a gateway's 504: the create returns the one object", async () => {
    const inputs = await checked();
    let made: string | undefined;
    scene.sim.script({
      method: "POST",
      path: scene.collection,
      onRequest: async () => {
        made = await scene.byHand(inputs);
      },
      answer: { status: 504, body: "<html>Gateway Time-out</html>" },
    });
    expect((await provider.create(inputs)).id).toBe(made);
  });

  it("with two candidates: the create fails and names both", async () => {
    const inputs = await checked();
    const ids: string[] = [];
    scene.sim.script({
      method: "POST",
      path: scene.collection,
      onRequest: async () => {
        ids.push(await scene.byHand(inputs), await scene.byHand(inputs));
      },
      answer: "reset-before",
    });
    const error = await refusal(provider.create(inputs));
    for (const id of ids) expect(error.message).toContain(id);
    expect(error.partial).toBeUndefined();
  });

  it("an orphan with the default name is adopted by the next create", async () => {
    const { inputs } = await provider.check(scene.unnamed("left"));
    const id = await scene.byHand(inputs);
    scene.forget();
    expect((await provider.create(inputs)).id).toBe(id);
    expect(scene.sent(undefined, /\/vpn\//).every(({ method }) => method === "GET")).toBe(true);
    expect(await printed(provider)).toMatch(
      new RegExp(`\\(${id}\\) already exists.* earlier run .* is adopted`),
    );
  });

  it("two orphans with the default name are ambiguous and the create fails", async () => {
    const { inputs } = await provider.check(scene.unnamed("twice"));
    const ids = [await scene.byHand(inputs), await scene.byHand(inputs)];
    scene.forget();
    const error = await refusal(provider.create(inputs));
    for (const id of ids) expect(error.message).toContain(id);
    expect(scene.sent("POST", scene.collection)).toEqual([]);
  });

  it("an object that another resource of the run owns is not adopted", async () => {
    const { inputs } = await provider.check(scene.unnamed("held"));
    const old = await provider.create(inputs);
    const later = await shared.process(dialect, kind, "later");
    await later.diff(old.id, old.outputs, { ...inputs, cloud: "other" });
    expect((await later.create(inputs)).id).not.toBe(old.id);
    await later.delete(old.id, old.outputs);
    expect(await scene.named(inputs["name"])).toHaveLength(1);
  });

  it("several creates with one default name create several objects", async () => {
    const { inputs } = await provider.check(scene.unnamed("twins"));
    const made = await Promise.all([provider.create(inputs), provider.create(inputs)]);
    made.push(await provider.create(inputs));
    expect(new Set(made.map(({ id }) => id)).size).toBe(3);
    expect(await scene.named(inputs["name"])).toHaveLength(3);
  });
});

describe("an orphan that differs from the inputs", () => {
  const open = async (kind: Kind) => {
    scene = await shared.scene("neutron", kind);
    provider = await shared.process("neutron", kind);
  };

  it.each([
    ["IkePolicy", { pfs: "group5" }, { pfs: "group14" }],
    ["IpsecPolicy", { lifetime: { value: 60 } }, { lifetime: { units: "seconds", value: 3600 } }],
    ["EndpointGroup", { description: "altered" }, { description: "" }],
  ] as const)("is updated to the inputs (%s)", async (kind, altered, body) => {
    await open(kind);
    const { inputs } = await provider.check(scene.unnamed("altered"));
    const id = await scene.byHand(inputs, altered);
    expect((await provider.create(inputs)).id).toBe(id);
    expect(scene.changes()).toEqual([{ [KINDS[kind].key]: body }]);
  });

  it("is neither changed nor duplicated while it is in use", async () => {
    await open("IkePolicy");
    const { inputs } = await provider.check(scene.unnamed("altered and used"));
    const id = await scene.byHand(inputs, { pfs: "group5" });
    await scene.connect({ ikepolicy_id: id, name: "its user" });
    const error = await refusal(provider.create(inputs));
    expect(error.message).toContain("in use by IpsecSiteConnection its user");
    expect(await scene.named(inputs["name"])).toMatchObject([{ id, pfs: "group5" }]);
  });

  it("is recorded for a replacement if it is a VPN service without connections", async () => {
    await open("VpnService");
    const { inputs } = await provider.check(scene.unnamed("alone", { description: "wanted" }));
    const id = await scene.byHand(inputs, { description: "of an earlier program" });
    const { partial } = await refusal(provider.create(inputs));
    // The next run replaces a recorded object; a plain error would repeat in every run.
    expect(partial?.id).toBe(id);
    expect(await provider.diff(id, partial!.properties, inputs)).toMatchObject({
      replaces: ["description"],
      deleteBeforeReplace: true,
    });
  });
});
