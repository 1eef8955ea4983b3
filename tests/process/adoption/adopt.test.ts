import {
  PROVIDER_TEXTS,
  type Properties,
  type ProviderProcess,
} from "../../support/harness/providerProcess";
import { type Scene, printed, refusal } from "../scene";
import { Shared } from "../sharedScene";

const shared = new Shared();
let scene: Scene;
let provider: ProviderProcess;
let objects = 0;

const CASES = [
  { kind: "VpnService", dialect: "neutron" },
  { kind: "IkePolicy", dialect: "neutron" },
  { kind: "IpsecPolicy", dialect: "neutron" },
  { kind: "EndpointGroup", dialect: "neutron" },
  { kind: "IpsecSiteConnection", dialect: "neutron" },
  { kind: "VpnService", dialect: "k5" },
  { kind: "IkePolicy", dialect: "k5" },
  { kind: "IpsecSiteConnection", dialect: "k5" },
] as const;

afterAll(() => shared.close());

/** An object created outside Pulumi, which a resource is to adopt. */
async function found(changes: Properties = {}): Promise<{ id: string; name: string }> {
  objects += 1;
  const name = `found-${objects}`;
  const { inputs } = await provider.check(scene.args({ ...changes, name }));
  const id = await scene.byHand(inputs);
  scene.forget();
  return { id, name };
}

/** The inputs of an adoption by a program that sets no name. */
const adopting = (adopt: string, changes: Properties = {}) =>
  scene.unnamed("adopted", { adopt, ...changes });

describe.each(CASES)("adoption of one $kind ($dialect)", ({ kind, dialect }) => {
  beforeAll(async () => {
    scene = await shared.scene(dialect, kind);
    provider = await shared.process(dialect, kind);
  });

  beforeEach(() => scene.forget());

  const adopt = async (which: string) => {
    const { inputs, failures } = await provider.check(adopting(which));
    expect(failures).toEqual([]);
    return { inputs, ...(await provider.create(inputs)) };
  };

  it.each(["id", "name"] as const)("by its %s: keeps its name and sends no change", async (by) => {
    const object = await found();
    const { inputs, ...made } = await adopt(object[by]);
    expect(made.id).toBe(object.id);
    expect(made.outputs).toMatchObject({
      ...inputs,
      name: object.name,
      adopt: object[by],
      projectId: scene.sim.fixture.projectId,
      __provider: PROVIDER_TEXTS[kind],
    });
    expect(scene.sent(undefined, /\/vpn\//).every(({ method }) => method === "GET")).toBe(true);
    expect(await scene.live(object.id)).toMatchObject({ name: object.name });
  });

  it("by id: the check announces the adoption once", async () => {
    const { id, name } = await found();
    await provider.check(adopting(id));
    await provider.check(adopting(id));
    const lines = (await printed(provider)).split("\n").filter((line) => line.includes(id));
    expect(lines).toEqual([`${kind} ${name} (${id}) will be adopted unchanged.`]);
    expect(scene.sent().every(({ method }) => method === "GET")).toBe(true);
  });

  it("afterwards: another value or the removal of adopt is not a difference", async () => {
    const { id, name } = await found();
    const { inputs, outputs } = await adopt(name);
    const read = await provider.read(id, outputs);
    expect(read.outputs).toEqual(outputs);
    const { adopt: _adopt, ...without } = inputs;
    for (const news of [inputs, { ...inputs, adopt: "another" }, without]) {
      expect((await provider.check(news, inputs)).failures).toEqual([]);
      expect((await provider.diff(id, read.outputs, news)).changes).toBe(false);
    }
  });

  it("afterwards: a name in the program changes the name", async () => {
    const { id, name } = await found();
    const { inputs, outputs } = await adopt(id);
    const diff = await provider.diff(id, outputs, { ...inputs, name: "given" });
    expect(diff).toMatchObject({ changes: true });
    expect(outputs["name"]).toBe(name);
  });

  it("afterwards: delete deletes the object", async () => {
    const { id, name } = await found();
    const { outputs } = await adopt(id);
    const later = await shared.process(dialect, kind, "later");
    await later.delete(id, outputs);
    expect(await scene.named(name)).toEqual([]);
  });

  it("by an unused name: check and create fail", async () => {
    const { inputs, failures } = await provider.check(adopting("nothing"));
    expect(failures).toEqual([
      expect.stringMatching(new RegExp(`^adopt: There is no ${kind} with .*"nothing"`)),
    ]);
    const { message, partial } = await refusal(provider.create(inputs));
    expect(message).toContain(`There is no ${kind}`);
    expect(partial).toBeUndefined();
    expect(scene.sent("POST", scene.collection)).toEqual([]);
  });

  it("by an unknown id: the check fails and names the id", async () => {
    const { failures } = await provider.check(adopting(NOBODY));
    expect(failures).toEqual([
      expect.stringMatching(new RegExp(`^adopt: There is no ${kind} .*\\bid\\b.*${NOBODY}`)),
    ]);
  });

  it("by an ambiguous name: the check fails and lists both objects with their ids", async () => {
    const { id, name } = await found();
    const twin = await scene.byHand({ ...(await provider.check(scene.args())).inputs, name });
    const { failures } = await provider.check(adopting(name));
    expect(failures).toEqual([expect.stringMatching(/^adopt: 2 objects .*Use the id/)]);
    for (const one of [id, twin]) expect(failures[0]).toContain(`${kind} ${name} (${one})`);
    expect((await adopt(twin)).id).toBe(twin);
  });

  it("by two resources: check and create refuse the second", async () => {
    const { id, name } = await found();
    await provider.check(adopting(id));
    const { inputs, failures } = await provider.check(scene.unnamed("second", { adopt: name }));
    const because = `${kind} ${name} (${id}) cannot be adopted: another resource`;
    expect(failures).toEqual([expect.stringContaining(`adopt: ${because}`)]);
    await adopt(id);
    const { message, partial } = await refusal(provider.create(inputs));
    expect(message).toContain(because);
    expect(partial).toBeUndefined();
  });

  it("by a login without read permission: the check fails and names the role", async () => {
    const { id } = await found();
    const reader = await shared.process(dialect, kind, "reader");
    const { inputs, failures } = await reader.check(adopting(id));
    expect(failures).toEqual([expect.stringMatching(/^adopt: .*this login can see.*`member`/)]);
    expect((await refusal(reader.create(inputs))).message).toContain("`member`");
  });

  it("in an API without the collection: the check fails and does not claim that the object is missing", async () => {
    const { id } = await found();
    const rule = { path: /\/vpn\//, answer: { status: 404, body: { message: "No such path." } } };
    const { failures } = await scene.during(rule, () => provider.check(adopting(id)));
    expect(failures).toEqual([expect.stringMatching(/^adopt: .*answered 404.*No such path/)]);
  });
});

const NOBODY = "00000000-0000-4000-8000-000000000000";
