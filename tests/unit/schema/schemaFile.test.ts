import packageManifest from "../../../package.json";
import {
  allResourceTypes,
  cloudResourceType,
  type Kind,
} from "../../../provider/schema/resourceType";
import { RESOURCES } from "../../../provider/schema/packageSchema";
import packageSchema from "../../../schema.json";
import type { Attribute } from "../../../simulator/attributes";
import { neutron } from "../../../simulator/dialect";
import { k5 } from "../../../simulator/k5";
import type { VpnKind } from "../../../simulator/rows";
import { KINDS } from "../support/kinds";

interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly description?: string;
  readonly secret?: boolean;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly enum?: readonly EnumValue[];
}

interface EnumValue {
  readonly value: string;
  readonly description?: string;
  readonly deprecationMessage?: string;
}

interface ResourceSchema {
  readonly description: string;
  readonly requiredInputs: readonly string[];
  readonly inputProperties: Readonly<Record<string, Property>>;
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, Property>>;
  readonly "x-filters"?: readonly string[];
  readonly "x-status"?: { readonly [key: string]: unknown; readonly settles: boolean };
}

const resources: Readonly<Record<string, ResourceSchema>> = packageSchema.resources;
const types: Readonly<Record<string, Property>> = packageSchema.types;

/**
 * The attributes of a type in a dialect of the simulator, which cites the server's source for them.
 */
function attributesOf(kind: Kind, { attributes }: typeof k5): [string, Attribute][] {
  const own = attributes[cloudResourceType(kind).envelope as VpnKind] ?? {};
  const outside = Object.entries(own).filter(([name]) => name !== "id");
  return outside.map(([name, one]) => [name === "tenant_id" ? "project_id" : name, one]);
}

describe.each(KINDS)("the resource type %s in schema.json", (kind) => {
  const {
    "x-filters": filters = [],
    "x-status": status,
    ...schema
  } = resources[`vpnaas:index:${kind}`]!;
  const { inputProperties: inputs, properties: outputs } = schema;
  const { fields } = cloudResourceType(kind);
  const attributes = attributesOf(kind, neutron);
  const namesOf = (some: typeof attributes): string[] => some.map(([name]) => name).sort();

  it("has exactly the inputs that POST accepts in the neutron dialect", () => {
    const sent = fields.filter(({ input, local }) => input.neutron && !local);
    const accepted = attributes.filter(([, { post }]) => post);
    expect(sent.map(({ wire }) => wire).sort()).toEqual(namesOf(accepted));
  });

  it("has exactly the mutable inputs that PUT accepts", () => {
    const changeable = fields.filter((one) => one.input.neutron && !one.local && !one.createOnly);
    const accepted = attributes.filter(([, { put }]) => put);
    expect(changeable.map(({ wire }) => wire).sort()).toEqual(namesOf(accepted));
  });

  it("has every attribute of a response as an output", () => {
    const shown = fields.filter(({ output }) => output).map(({ wire }) => wire);
    const answered = [...attributes, ...attributesOf(kind, k5)];
    expect(shown).toEqual(expect.arrayContaining(namesOf(answered)));
  });

  it("does not declare the id, because Pulumi adds one to every resource", () => {
    expect([...Object.keys(inputs), ...Object.keys(outputs)]).not.toContain("id");
  });

  it("has filters for a lookup that are outputs and not secret", () => {
    const open = fields.filter((one) => one.output && !one.secret && !one.local);
    const names = open.map(({ name }) => name);
    expect(filters.length).toBeGreaterThan(0);
    expect(filters.filter((name) => !names.includes(name))).toEqual([]);
  });

  it("has x-status exactly if the API shows a status", () => {
    expect(status !== undefined).toBe("status" in outputs);
  });

  it("has the input waitFor exactly if its status settles", () => {
    expect(status?.settles === true).toBe("waitFor" in inputs);
  });

  it("names in x-status only its own properties", () => {
    const { settles: _settles, ...names } = status ?? { settles: false };
    expect(Object.keys(names).filter((key) => !["switch", "listedBy"].includes(key))).toEqual([]);
    expect(Object.values(names).filter((name) => !(String(name) in inputs))).toEqual([]);
  });
});

describe.each(allResourceTypes().map(({ kind }) => kind))("the schema of a %s", (kind) => {
  const schema = resources[`vpnaas:index:${kind}`]!;
  const { inputProperties: inputs, properties: outputs } = schema;

  it.each(Object.entries(inputs))("describes its input %s", (_name, property) => {
    expect(property.description).toMatch(/\S.*\.$/);
  });

  const onlyOutputs = Object.entries(outputs).filter(([name]) => !(name in inputs));
  it.each(onlyOutputs)("describes its output %s", (_name, property) => {
    expect(property.description).toMatch(/\S.*\.$/);
  });

  it("describes a property that is both input and output only at the input", () => {
    const twice = Object.entries(outputs).filter(
      ([name, one]) => name in inputs && one.description,
    );
    expect(twice).toEqual([]);
  });

  it.each(Object.keys(inputs))("has %s as an output of the same type and secrecy", (name) => {
    const shape = ({ type, $ref, items, secret }: Property) => ({
      type: type ?? $ref,
      items: items?.type ?? items?.$ref,
      secret: secret === true,
    });
    expect(shape(outputs[name] ?? {})).toEqual(shape(inputs[name]!));
  });

  it("requires only existing properties", () => {
    expect(schema.requiredInputs.filter((name) => !(name in inputs))).toEqual([]);
    expect(schema.required.filter((name) => !(name in outputs))).toEqual([]);
  });

  it("always has the required inputs as outputs", () => {
    expect(schema.required).toEqual(expect.arrayContaining([...schema.requiredInputs]));
  });
});

it("schema.json has two virtual resource types, with local properties only", () => {
  const virtual = allResourceTypes().filter(({ kind }) => RESOURCES[kind]["x-virtual"]);
  expect(virtual.map(({ kind }) => kind)).toEqual(["ConnectionsReady", "PreSharedKey"]);
  expect(virtual.flatMap(({ fields }) => fields).filter(({ local }) => !local)).toEqual([]);
});

it("a connection in the k5 dialect has exactly the mutable inputs of K5's documentation", () => {
  const { fields } = cloudResourceType("IpsecSiteConnection");
  const changeable = fields.filter((one) => one.input.k5 && !one.createOnly && !one.local);
  expect(changeable.map(({ wire }) => wire).sort()).toEqual(
    [
      "psk",
      "initiator",
      "admin_state_up",
      "peer_cidrs",
      "dpd",
      "peer_address",
      "peer_id",
      "name",
      "description",
    ].sort(),
  );
});

it.each(Object.entries(types))(
  "schema.json describes the type %s and its members",
  (_token, type) => {
    const said = [type, ...Object.values(type.properties ?? {})].map((one) => one.description);
    const ofValues = (type.enum ?? []).flatMap((one) => [one.description, one.deprecationMessage]);
    const texts = [...said, ...ofValues.filter((one) => one !== undefined)];
    expect(texts.filter((one) => !/\S.*\.$/.test(one ?? ""))).toEqual([]);
  },
);

it("schema.json refers only to its own types", () => {
  const references = [...JSON.stringify(packageSchema).matchAll(/"\$ref":"#\/types\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(0);
  expect(references.map(([, token]) => token!).filter((token) => !(token in types))).toEqual([]);
});

it("schema.json has the version and the license of the package", () => {
  expect([packageSchema.version, packageSchema.license]).toEqual([
    packageManifest.version,
    packageManifest.license,
  ]);
});
