import { type Kind, KINDS } from "../../support/harness/kinds";
import type { Properties, ProviderProcess } from "../../support/harness/providerProcess";
import { type Scene, leftover, printed, refusal } from "../scene";
import { type Dialect, Shared } from "../sharedScene";

const shared = new Shared();
let scene: Scene;
let provider: ProviderProcess;
/** Has not seen the other one's objects. */
let later: ProviderProcess;
let objects = 0;

afterAll(() => shared.close());

/** The id of an object created outside Pulumi. */
async function found(changes: Properties = {}): Promise<string> {
  objects += 1;
  const { inputs } = await provider.check(scene.args({ name: `found-${objects}`, ...changes }));
  const id = await scene.byHand(inputs);
  scene.forget();
  return id;
}

const adopting = (adopt: string, changes: Properties = {}) =>
  scene.unnamed("adopted", { adopt, ...changes });

const open = (kind: Kind, dialect: Dialect = "neutron") => {
  beforeAll(async () => {
    scene = await shared.scene(dialect, kind);
    provider = await shared.process(dialect, kind);
    later = await shared.process(dialect, kind, "later");
  });

  beforeEach(() => scene.forget());
};

const OTHER_ID = "00000000-0000-4000-8000-000000000000";

describe.each([
  ["VpnService", { routerId: OTHER_ID }],
  ["VpnService", { subnetId: OTHER_ID }],
  ["EndpointGroup", { type: "vlan" }],
  ["EndpointGroup", { endpoints: ["10.5.0.0/24"] }],
  ["IpsecPolicy", { projectId: "another" }],
  ["IpsecSiteConnection", { ikePolicyId: OTHER_ID }],
] as [Kind, Properties][])("adoption of one %s with %j", (kind, wrong) => {
  open(kind);

  it("check and create refuse it and show the existing values", async () => {
    const id = await found();
    const [property] = Object.keys(wrong);
    const { inputs, failures } = await provider.check(adopting(id, wrong));
    expect(failures).toEqual([
      expect.stringMatching(
        new RegExp(
          `^adopt: .*\\(${id}\\) cannot be adopted: .*cannot be changed after creation: ${property} \\(existing: `,
        ),
      ),
    ]);
    const { message, partial } = await refusal(provider.create(inputs));
    expect(message).toContain("cannot be changed after creation");
    expect(partial).toBeUndefined();
    expect(scene.sent("PUT")).toEqual([]);
  });
});

describe.each([
  ["IkePolicy", { pfs: "group5", lifetime: { value: 7200 } }, { pfs: "group5" }],
  ["IpsecPolicy", { encapsulationMode: "transport" }, { encapsulation_mode: "transport" }],
  ["EndpointGroup", { description: "wanted" }, { description: "wanted" }],
  ["IpsecSiteConnection", { psk: "another key", mtu: 1400 }, { psk: "another key", mtu: 1400 }],
] as [Kind, Properties, Properties][])("adoption of one %s with %j", (kind, news, live) => {
  open(kind);
  const { key } = KINDS[kind];

  it("the check announces the changes without secrets and the create sends them", async () => {
    const id = await found({ name: "theirs" });
    const { inputs, failures } = await provider.check(adopting(id, news));
    expect(failures).toEqual([]);
    const said = await printed(provider);
    expect(said).toContain(`${kind} theirs (${id}) will be adopted and changed: `);
    for (const property of Object.keys(news)) expect(said).toMatch(new RegExp(`[:,] ${property} `));
    expect(said).not.toMatch(/another key|a pre-shared key/);
    const made = await provider.create(inputs);
    expect(made.id).toBe(id);
    expect(made.outputs).toMatchObject({ ...news, ...lifetimeOf(news), name: "theirs" });
    expect(scene.changes()).toEqual([{ [key]: expect.objectContaining(live) }]);
    expect(scene.changes()[0]).not.toHaveProperty([key, "name"]);
    expect((await provider.diff(id, made.outputs, inputs)).changes).toBe(false);
  });

  it("the state keeps the object if its change fails, and the next update continues", async () => {
    const id = await found();
    const { inputs } = await provider.check(adopting(id, news));
    const answer = { status: 400, body: "not today" };
    scene.sim.script({ method: "PUT", path: scene.item, answer });
    const left = await leftover(provider.create(inputs));
    expect(left.id).toBe(id);
    expect(left.properties).toMatchObject({ adopt: id, __provider: expect.any(String) });
    const outputs = await provider.update(id, left.properties, inputs);
    expect(outputs).toMatchObject({ ...news, ...lifetimeOf(news) });
    expect(scene.sent("PUT")).toHaveLength(2);
    expect(await scene.live(id)).toMatchObject(live);
  });

  it("the create succeeds though a response to its search is lost", async () => {
    const id = await found();
    scene.sim.script({ method: "GET", path: scene.item, answer: "reset-before" });
    expect((await provider.check(adopting(id))).failures).toEqual([]);
    scene.sim.script({ method: "GET", path: scene.item, answer: "reset-after" });
    expect((await provider.create(adopting(id, { description: "" }))).id).toBe(id);
  });

  it("a replacement creates a new object and leaves the deletion of the old one to the engine", async () => {
    const id = await found();
    const { inputs, outputs } = await adopt(id);
    const elsewhere = { ...inputs, cloud: "other" };
    expect((await later.diff(id, outputs, elsewhere)).replaces).toEqual(["cloud"]);
    // The engine checks the inputs of a replacement without old inputs.
    expect((await later.check(inputs)).failures).toEqual([]);
    const made = await later.create(inputs);
    expect(made.id).not.toBe(id);
    expect(made.outputs["name"]).toBe(inputs["name"]);
    await later.delete(id, outputs);
    expect(await scene.live(made.id)).toMatchObject({ name: inputs["name"] });
    await expect(scene.live(id)).rejects.toThrow("404");
  });
});

async function adopt(id: string): Promise<{ inputs: Properties; outputs: Properties }> {
  const { inputs } = await provider.check(adopting(id));
  return { inputs, outputs: (await provider.create(inputs)).outputs };
}

describe.each([
  ["IkePolicy", "ikepolicy_id", "neutron"],
  ["IpsecPolicy", "ipsecpolicy_id", "neutron"],
  ["IkePolicy", "ikepolicy_id", "k5"],
] as const)("adoption of one %s in use (%s, %s)", (kind, reference, dialect) => {
  open(kind, dialect);

  it("equal inputs: the create adopts it", async () => {
    const id = await found();
    await scene.connect({ [reference]: id });
    expect((await adopt(id)).outputs).toMatchObject({ pfs: "group14" });
  });

  it("another input: the check fails and names the dependent", async () => {
    const id = await found();
    const user = await scene.connect({ [reference]: id, name: "its user" });
    const { failures } = await provider.check(adopting(id, { pfs: "group5" }));
    expect(failures).toEqual([
      expect.stringMatching(
        new RegExp(
          `^adopt: ${kind} .*: it differs in pfs \\(existing: "group14"\\), and cannot be changed: ` +
            `it is in use by IpsecSiteConnection its user \\(${user}\\)\\. Set these properties in the program to the existing values`,
        ),
      ),
    ]);
  });

  it("a use that begins after the check: the create fails, keeps the object and releases its claim", async () => {
    const id = await found();
    const { inputs } = await provider.check(adopting(id, { pfs: "group5" }));
    await scene.connect({ [reference]: id, name: "its user" });
    const { message, partial } = await refusal(provider.create(inputs));
    expect(message).toContain("in use by IpsecSiteConnection its user");
    expect(partial).toBeUndefined();
    expect(await scene.live(id)).toMatchObject({ pfs: "group14" });
    expect((await later.create(adopting(id))).id).toBe(id);
  });
});

describe("adoption of a VPN service without connections", () => {
  open("VpnService");

  it("another input: the check fails and states why the service is immutable", async () => {
    const id = await found();
    const { failures } = await provider.check(adopting(id, { description: "wanted" }));
    expect(failures).toEqual([
      expect.stringMatching(
        /differs in description .*, and cannot be changed: it has no connection/,
      ),
    ]);
  });
});

/** The response has both members of a lifetime. */
function lifetimeOf({ lifetime }: Properties): Properties {
  return lifetime === undefined ? {} : { lifetime: { units: "seconds", ...(lifetime as object) } };
}
