import packageManifest from "../../../package.json";
import { allResourceTypes, cloudResourceType } from "../../../provider/schema/resourceType";
import { RESOURCES } from "../../../provider/schema/packageSchema";
import packageSchema from "../../../schema.json";
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
}

const resources: Readonly<Record<string, ResourceSchema>> = packageSchema.resources;
const types: Readonly<Record<string, Property>> = packageSchema.types;

/** What the API takes in a POST and in a PUT; what K5 has of its own is not among it. */
const REQUEST_KEYS: Readonly<Record<string, { post: string[]; put: string[] }>> = {
  VpnService: {
    post: ["router_id", "subnet_id", "flavor_id"],
    put: ["name", "description", "admin_state_up"],
  },
  IkePolicy: {
    post: [],
    put: [
      "name",
      "description",
      "auth_algorithm",
      "encryption_algorithm",
      "pfs",
      "lifetime",
      "ike_version",
      "phase1_negotiation_mode",
    ],
  },
  IpsecPolicy: {
    post: [],
    put: [
      "name",
      "description",
      "auth_algorithm",
      "encryption_algorithm",
      "pfs",
      "lifetime",
      "transform_protocol",
      "encapsulation_mode",
    ],
  },
  EndpointGroup: { post: ["type", "endpoints"], put: ["name", "description"] },
  IpsecSiteConnection: {
    post: ["vpnservice_id", "ikepolicy_id", "ipsecpolicy_id"],
    put: [
      "name",
      "description",
      "admin_state_up",
      "psk",
      "initiator",
      "dpd",
      "mtu",
      "local_id",
      "peer_address",
      "peer_id",
      "peer_cidrs",
      "local_ep_group_id",
      "peer_ep_group_id",
    ],
  },
};

/** What only the API's answer has, with what only some clouds answer. */
const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  VpnService: ["status", "external_v4_ip", "external_v6_ip", "availability_zone"],
  IkePolicy: ["availability_zone"],
  IpsecPolicy: ["availability_zone"],
  EndpointGroup: [],
  IpsecSiteConnection: ["status", "auth_mode", "route_mode", "availability_zone"],
};

describe.each(KINDS)("a %s", (kind) => {
  const { "x-filters": filters = [], ...schema } = resources[`vpnaas:index:${kind}`]!;
  const { inputProperties: inputs, properties: outputs } = schema;
  const { fields } = cloudResourceType(kind);
  const { post, put } = REQUEST_KEYS[kind]!;

  it("takes in the neutron dialect what the API takes", () => {
    const sent = fields.filter(({ input, local }) => input.neutron && !local);
    expect(sent.map(({ wire }) => wire).sort()).toEqual([...post, ...put, "project_id"].sort());
  });

  it("changes in place what a PUT takes, and nothing else", () => {
    const changeable = fields.filter((one) => one.input.neutron && !one.local && !one.createOnly);
    expect(changeable.map(({ wire }) => wire).sort()).toEqual([...put].sort());
  });

  it("has everything that the API answers as an output", () => {
    const shown = fields.filter(({ output }) => output).map(({ wire }) => wire);
    const answered = [...post, ...put, "project_id", ...ANSWERS[kind]!];
    expect(shown).toEqual(expect.arrayContaining(answered));
  });

  it("leaves the answer's id to Pulumi, which has one for every resource", () => {
    expect([...Object.keys(inputs), ...Object.keys(outputs)]).not.toContain("id");
  });

  it("is looked up by what it has, and by no secret", () => {
    const open = fields.filter((one) => one.output && !one.secret && !one.local);
    const names = open.map(({ name }) => name);
    expect(filters.length).toBeGreaterThan(0);
    expect(filters.filter((name) => !names.includes(name))).toEqual([]);
  });
});

describe.each(allResourceTypes().map(({ kind }) => kind))("the schema of a %s", (kind) => {
  const schema = resources[`vpnaas:index:${kind}`]!;
  const { inputProperties: inputs, properties: outputs } = schema;

  it.each(Object.entries(inputs))("says what its input %s is", (_name, property) => {
    expect(property.description).toMatch(/\S.*\.$/);
  });

  const onlyOutputs = Object.entries(outputs).filter(([name]) => !(name in inputs));
  it.each(onlyOutputs)("says what its output %s is", (_name, property) => {
    expect(property.description).toMatch(/\S.*\.$/);
  });

  it("describes once, at the input, what is both", () => {
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

  it("requires only what there is", () => {
    expect(schema.requiredInputs.filter((name) => !(name in inputs))).toEqual([]);
    expect(schema.required.filter((name) => !(name in outputs))).toEqual([]);
  });

  it("always has what has to be given", () => {
    expect(schema.required).toEqual(expect.arrayContaining([...schema.requiredInputs]));
  });
});

it("has one kind that is in no cloud, of which everything is known to program and state only", () => {
  const virtual = allResourceTypes().filter(({ kind }) => RESOURCES[kind]["x-virtual"]);
  expect(virtual.map(({ kind }) => kind)).toEqual(["ConnectionsReady"]);
  expect(virtual.flatMap(({ fields }) => fields).filter(({ local }) => !local)).toEqual([]);
});

it("changes in place in the k5 dialect what K5's page of an update takes, and nothing else", () => {
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

it.each(Object.entries(types))("says what the type %s and its parts are", (_token, type) => {
  const said = [type, ...Object.values(type.properties ?? {})].map((one) => one.description);
  const ofValues = (type.enum ?? []).flatMap((one) => [one.description, one.deprecationMessage]);
  const texts = [...said, ...ofValues.filter((one) => one !== undefined)];
  expect(texts.filter((one) => !/\S.*\.$/.test(one ?? ""))).toEqual([]);
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
