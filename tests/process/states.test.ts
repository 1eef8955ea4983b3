import { messageOf } from "../../provider/errors";
import { autoName } from "../../provider/model/autoName";
import { cloudResourceType } from "../../provider/schema/resourceType";
import type { ProviderProcess, Properties } from "../support/harness/providerProcess";
import { place, type Placed, type Placement } from "../fixtures/states/fixtureResources";
import { refusal, Scene } from "./scene";

const FIXTURES = [
  ["0.1.0", "neutron"],
  ["0.1.0-k5", "k5"],
  ["0.1.0-dev-without-marks", "neutron"],
  ["0.1.0-dev-connection-alone", "neutron"],
] as const;

/** Its default names have another hash, so that an update gives them the current one. */
const RENAMED = "0.1.0-dev-connection-alone";

/** The resources of the fixtures that are in use, so that the cloud refuses to change them. */
const USED = ["ike", "ipsec"];

let scene: Scene;
let provider: ProviderProcess;
let placement: Placement;

async function open(name: string, dialect: "neutron" | "k5"): Promise<void> {
  scene = await Scene.open({ dialect, pendingMs: 0 });
  provider = await start();
  const { cloud, parents, sim } = scene;
  await cloud.delete(`/vpn/vpnservices/${parents.vpnServiceId}`);
  placement = await place(name, { cloud, dialect, endpoint: sim.endpoint, fixture: sim.fixture });
}

/** Starts a process of the project, like each run. */
function start(): Promise<ProviderProcess> {
  return scene.start({ env: { PULUMI_NODEJS_PROJECT: "resources" } });
}

describe.each(FIXTURES)("the state %s of a %s cloud", (name, dialect) => {
  beforeAll(() => open(name, dialect));
  afterAll(() => scene.close());

  const each = <T>(act: (one: Placed) => Promise<T>) => Promise.all(placement.resources.map(act));

  it("is read without a difference", async () => {
    for (const { kind, id, inputs, outputs } of placement.resources) {
      const read = await provider.as(kind).read(id, outputs);
      expect(read.outputs).toEqual({ ...outputs, ...anyStatus(outputs) });
      const { changes } = await provider.as(kind).diff(id, read.outputs, inputs);
      expect(changes).toBe(false);
    }
  });

  it(`has ${name === RENAMED ? "other default names than" : "the default names of"} the current version`, () => {
    const today = placement.resources.map((one) => named(one)["name"]);
    const stated = placement.resources.map(({ inputs }) => inputs["name"]);
    expect(today).toEqual(name === RENAMED ? [expect.not.stringMatching(stated.join())] : stated);
  });

  it("passes the check unchanged", async () => {
    const checked = await each(({ kind, inputs }) => provider.as(kind).check(inputs, inputs));
    expect(checked).toEqual(placement.resources.map(({ inputs }) => ({ inputs, failures: [] })));
  });

  it("has no changes", async () => {
    const diffs = await each(({ kind, id, inputs, outputs }) =>
      provider.as(kind).diff(id, outputs, inputs),
    );
    expect(diffs.map(({ changes }) => changes)).toEqual(placement.resources.map(() => false));
  });

  it("is updated, one property at a time", async () => {
    for (const one of placement.resources.filter((other) => !USED.includes(other.name))) {
      const { kind, id, outputs } = one;
      const inputs = named({ ...one, inputs: { ...one.inputs, description: "changed" } });
      const { changes, replaces } = await provider.as(kind).diff(id, outputs, inputs);
      expect({ name: one.name, changes, replaces }).toEqual({
        name: one.name,
        changes: true,
        replaces: [],
      });
      scene.forget();
      const updated = await provider.as(kind).update(id, outputs, inputs);
      const sent = {
        description: "changed",
        ...(name === RENAMED && { name: inputs["name"] }),
      };
      expect(updated).toMatchObject({ ...outputs, ...sent, ...anyStatus(outputs) });
      const bodies = scene
        .sent("PUT")
        .map(({ body }) => Object.values(body as object) as unknown[]);
      expect(bodies).toEqual([[sent]]);
    }
  });

  it("needs replacements of its used policies", async () => {
    const used = placement.resources.filter((other) => USED.includes(other.name));
    expect(used.map((one) => one.name).sort()).toEqual(name === RENAMED ? [] : USED);
    for (const { kind, id, inputs, outputs } of used) {
      const news = { ...inputs, description: "changed" };
      const { replaces } = await provider.as(kind).diff(id, outputs, news);
      expect(replaces).toEqual(["description"]);
    }
  });

  it("is destroyed", async () => {
    provider = await start();
    for (const { kind, id, outputs } of placement.resources.toReversed()) {
      await provider.as(kind).delete(id, outputs);
    }
    const lost = await each(({ kind, id, outputs }) => provider.as(kind).read(id, outputs));
    expect(lost.map(({ id }) => id)).toEqual(placement.resources.map(() => ""));
  });
});

/** The inputs with the default name of the SDK's class if the program sets no name. */
function named({ kind, name, inputs }: Placed): Properties {
  const place = { project: "resources", stack: "test", resource: name };
  const isGiven = !String(inputs["name"]).startsWith(`test-${name}-`);
  return isGiven ? inputs : { ...inputs, name: autoName(cloudResourceType(kind), place, inputs) };
}

/** Accepts any status, since statuses change by themselves. */
function anyStatus(outputs: Properties): Properties {
  return "status" in outputs ? { status: expect.any(String) } : {};
}

describe("an unusable state", () => {
  beforeAll(() => open("0.1.0", "neutron"));
  afterAll(() => scene.close());
  beforeEach(() => scene.forget());

  const stated = (name: string, changes: Properties = {}, id?: string) => {
    const one = placement.resources.find((other) => other.name === name)!;
    const outputs = Object.fromEntries(
      Object.entries({ ...one.outputs, ...changes }).filter(([, value]) => value !== undefined),
    );
    const of = provider.as(one.kind);
    const here = id ?? one.id;
    return {
      ...one,
      outputs,
      uses: {
        diff: () => of.diff(here, outputs, one.inputs),
        read: () => of.read(here, outputs),
        update: () => of.update(here, outputs, { ...one.inputs, description: "changed" }),
        delete: () => of.delete(here, outputs),
      },
    };
  };

  const USES = ["diff", "read", "update", "delete"] as const;

  it.each(USES)("of a newer format makes a %s fail without a request", async (use) => {
    const { uses, id, outputs } = stated("networks", { __format: 2 });
    const { message } = await refusal(uses[use]());
    expect(message).toBe(
      `The state of IpsecSiteConnection ${String(outputs["name"])} (${id}) has format 2, and this pulumi-vpnaas 0.1.0 supports formats up to 1: ` +
        "a newer version wrote it. The state was left as it is, and no request was sent to the cloud. " +
        "Update the package: `npm install pulumi-vpnaas@latest`.",
    );
    expect(scene.sent()).toEqual([]);
  });

  it.each(USES)("without an id makes a %s fail without a request", async (use) => {
    const { message } = await refusal(stated("networks", {}, "").uses[use]());
    expect(message).toMatch(
      /^The state of IpsecSiteConnection test-networks-\w{7} \(without a usable id\) is damaged: its id is empty\. .*`pulumi state delete <urn>`/,
    );
    expect(scene.sent()).toEqual([]);
  });

  it.each(USES)("without its cloud makes a %s fail without a request", async (use) => {
    const { message } = await refusal(stated("networks", { cloud: ["one"] }).uses[use]());
    expect(message).toMatch("is damaged: `cloud` is a list, not a string.");
    expect(scene.sent()).toEqual([]);
  });

  const DAMAGES: [string, unknown, string][] = [
    ["vpnServiceId", undefined, "is missing"],
    ["ikePolicyId", "", "is missing"],
    ["ipsecPolicyId", 5, "is a number, not a string"],
    ["psk", ["canary"], "is a list, not a string"],
    ["peerCidrs", "10.2.0.0/24", "is a string, not a list"],
    ["peerCidrs", [5], "contains an item that is not a string"],
    ["adminStateUp", "yes", "is a string, not true or false"],
    ["mtu", "1500", "is a string, not a number"],
    ["dpd", { interval: "canary" }, "has a member `interval` that is a string, not a number"],
  ];

  it.each(DAMAGES)(
    "with a damaged %s (%j) makes diff and update fail, and a refresh repairs it",
    async (...damage) => {
      const [property, value, fault] = damage;
      const { uses, inputs, outputs, id } = stated("networks", { [property]: value });
      for (const use of ["diff", "update"] as const) {
        const { message } = await refusal(uses[use]());
        expect(message).toContain(`is damaged: \`${property}\` ${fault}. `);
        expect(message).toContain("`pulumi refresh` restores it from the cloud.");
        expect(message).not.toContain("canary");
      }
      expect(scene.sent()).toEqual([]);
      const mended = await uses.read();
      expect(mended.outputs).toMatchObject({ ...outputs, [property]: inputs[property] });
      expect((await provider.diff(id, mended.outputs, inputs)).changes).toBe(false);
    },
  );

  it.each(["networks", "service", "adopted", "ipsec", "far"])(
    "with any damaged property of %s causes a defined error or none",
    async (name) => {
      const { kind } = stated(name);
      const properties = [
        ...cloudResourceType(kind).fields.map((field) => field.name),
        "__secrets",
      ];
      const damaged = [5, "text", [null]].flatMap((value) =>
        properties.map((property) => stated(name, { [property]: value }).uses),
      );
      const ends = await Promise.all(
        damaged.flatMap(({ diff, read }) =>
          [diff, read].map((use) => use().then(() => "", messageOf)),
        ),
      );
      for (const said of ends) {
        expect(said).toMatch(
          /^(The same as for .*: )?(The state of .* is damaged: .*|There is no clouds\.yaml .*)?$/,
        );
      }
    },
  );

  it("with a damaged endpoint does not prove that an object is gone", async () => {
    const { id, uses } = stated("adopted", { endpoint: 5 });
    await scene.of("IkePolicy").drop(id);
    for (const use of ["read", "delete"] as const) {
      expect((await refusal(uses[use]())).message).toMatch(
        "does not prove that it is gone: it was created at 5",
      );
    }
  });

  it("with damage in every other property is destroyed", async () => {
    const { id, outputs } = stated("networks");
    const damaged = Object.fromEntries(
      Object.keys(outputs).map((property) => [
        property,
        /^__/.test(property) ? outputs[property] : [5],
      ]),
    );
    await provider.delete(id, damaged);
    expect(await scene.named(outputs["name"])).toEqual([]);
  });
});
