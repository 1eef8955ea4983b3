import packageManifest from "../../package.json";
import { definitionOf } from "../../provider/lifecycle/definition";
import packageSchema from "../../schema.json";

interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly description?: string;
  readonly secret?: boolean;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly enum?: readonly { readonly value: string; readonly description?: string }[];
}

const resource = packageSchema.resources["vpnaas:index:IpsecSiteConnection"];
const inputs: Readonly<Record<string, Property>> = resource.inputProperties;
const outputs: Readonly<Record<string, Property>> = resource.properties;
const types: Readonly<Record<string, Property>> = packageSchema.types;
const { fields } = definitionOf("IpsecSiteConnection");

/** What the API page of "Update IPsec site connection" takes in a PUT. */
const REQUEST_KEYS = [
  ...["psk", "initiator", "admin_state_up", "peer_cidrs", "dpd", "peer_address", "peer_id"],
  ...["name", "description"],
];

/** What the same page describes in the answer; `id` is the resource's own. */
const RESPONSE_ITEMS = [
  ...["status", "psk", "initiator", "name", "admin_state_up", "tenant_id", "description"],
  ...["auth_mode", "peer_cidrs", "mtu", "ikepolicy_id", "dpd", "route_mode", "vpnservice_id"],
  ...["peer_address", "peer_id", "ipsecpolicy_id", "availability_zone"],
];

function fieldsOf(key: string) {
  return fields.filter((field) => field.wire === (key === "tenant_id" ? "project_id" : key));
}

describe("what the API takes", () => {
  it.each(REQUEST_KEYS)("%s is an input that can be changed in place", (key) => {
    const inputFields = fieldsOf(key).filter(({ input }) => input.k5 && input.neutron);
    expect(inputFields.map(({ createOnly, local }) => [createOnly, local])).toEqual([
      [false, false],
    ]);
  });

  it("can be changed in place alone in the k5 dialect", () => {
    const changeable = fields.filter((one) => one.input.k5 && !one.createOnly && !one.local);
    expect(changeable.map(({ wire }) => wire).sort()).toEqual([...REQUEST_KEYS].sort());
  });
});

it.each(RESPONSE_ITEMS)("has the answer's %s as an output", (key) => {
  expect(fieldsOf(key).some(({ output }) => output)).toBe(true);
});

it("leaves the answer's id to Pulumi, which has one for every resource", () => {
  expect([...Object.keys(inputs), ...Object.keys(outputs)]).not.toContain("id");
});

it("says the defaults of the API", () => {
  const defaults = Object.fromEntries(fields.map((field) => [field.name, field.default]));
  expect(defaults).toMatchObject({
    initiator: "bi-directional",
    dpd: { action: "hold", interval: 30, timeout: 120 },
  });
});

describe("a description", () => {
  it.each(Object.entries(inputs))("stands at the input %s", (_name, property) => {
    expect(property.description).toMatch(/\S.*\.$/);
  });

  const onlyOutputs = Object.entries(outputs).filter(([name]) => !(name in inputs));
  it.each(onlyOutputs)("stands at the output %s", (_name, property) => {
    expect(property.description).toMatch(/\S.*\.$/);
  });

  it.each(Object.entries(types))("stands at the type %s and its parts", (_name, type) => {
    const parts = [type, ...Object.values(type.properties ?? {}), ...(type.enum ?? [])];
    expect(parts.filter((part) => !/\S.*\.$/.test(part.description ?? ""))).toEqual([]);
  });

  it("is written once, at the input, for what is both", () => {
    const twice = Object.entries(outputs).filter(
      ([name, one]) => name in inputs && one.description,
    );
    expect(twice).toEqual([]);
  });
});

describe("an input that is an output too", () => {
  const shared = Object.keys(inputs).map((name) => [name] as const);

  it.each(shared)("has there the same type and secrecy: %s", (name) => {
    const shape = ({ type, $ref, items, secret }: Property) => ({
      type: type ?? $ref,
      items: items?.type ?? items?.$ref,
      secret: secret === true,
    });
    expect(shape(outputs[name] ?? {})).toEqual(shape(inputs[name]!));
  });
});

it.each([
  ["requiredInputs", resource.requiredInputs, inputs],
  ["required", resource.required, outputs],
])("requires in %s only what there is", (_which, required, properties) => {
  expect(required.filter((name) => !(name in properties))).toEqual([]);
});

it("always has what has to be given, and what has a default for the cloud", () => {
  expect(resource.required).toEqual(expect.arrayContaining(resource.requiredInputs));
});

it("refers only to types that it has", () => {
  const references = [...JSON.stringify(packageSchema).matchAll(/"\$ref":"#\/types\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(0);
  expect(references.map(([, token]) => token!).filter((token) => !(token in types))).toEqual([]);
});

it("has the version and the license of the package", () => {
  expect([packageSchema.version, packageSchema.license]).toEqual([
    packageManifest.version,
    packageManifest.license,
  ]);
});
