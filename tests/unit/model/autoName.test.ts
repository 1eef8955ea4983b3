import fc from "fast-check";

import {
  autoName,
  isAutoName,
  isRenamed,
  isSameResource,
  isUnnamed,
  keepsAdoptedName,
  namingFields,
} from "../../../provider/model/autoName";
import { cloudResourceType, type Kind, type Values } from "../../../provider/schema/resourceType";
import { UNKNOWN } from "../../../provider/model/unknowns";
import { validInputs } from "../support/arbitraries";
import { aConnection, OTHER_ID, SERVICE_ID } from "../support/builders";
import { checkedInputs, KINDS_OF_DIALECTS, someInputs, SUBNET_ID } from "../support/kinds";

const definition = cloudResourceType("IpsecSiteConnection");
const place = { project: "network", stack: "dev", resource: "office" };
const name = (changes = {}, where = {}) =>
  autoName(definition, { ...place, ...where }, aConnection(changes));

it("autoName: consists of stack, resource and 7 hexadecimal digits", () => {
  expect(name()).toMatch(/^dev-office-[0-9a-f]{7}$/);
});

it("autoName: never changes for the same resource, because states of every age depend on it", () => {
  expect(name()).toBe("dev-office-7787455");
});

it.each([
  ["another service", { vpnServiceId: OTHER_ID }, {}],
  ["another IKE policy", { ikePolicyId: OTHER_ID }, {}],
  ["another Pulumi project", {}, { project: "other" }],
  ["another stack", {}, { stack: "prod" }],
  ["another resource", {}, { resource: "branch" }],
])("autoName: has another hash suffix for %s", (_what, changes, where) => {
  expect(name(changes, where).slice(-7)).not.toBe(name().slice(-7));
});

it.each([
  { psk: "another" },
  { peerAddress: "198.51.100.1" },
  { description: "x" },
  { availabilityZone: null },
  { availabilityZone: "AZ2" },
  { projectId: "the login's own, written out" },
])("autoName: stays the same for inputs that keep the object: %j", (changes) => {
  expect(name(changes)).toBe(name());
});

it("autoName: differs if stack and resource meet at another hyphen", () => {
  const one = name({}, { stack: "dev", resource: "eu-office" });
  const other = name({}, { stack: "dev-eu", resource: "office" });
  expect([one, other]).toEqual([
    expect.stringMatching(/^dev-eu-office-/),
    expect.stringMatching(/^dev-eu-office-/),
  ]);
  expect(one).not.toBe(other);
  for (const each of [one, other]) {
    expect(isAutoName(definition, place.project, each, aConnection())).toBe(true);
  }
});

it("autoName: does not depend on the case of an id", () => {
  expect(name({ vpnServiceId: SERVICE_ID.toUpperCase() })).toBe(name());
});

it("autoName: has at most the length that the API accepts", () => {
  const long = name({}, { resource: "r".repeat(400) });
  expect(long).toHaveLength(255);
  expect(long).toMatch(/^dev-r+-[0-9a-f]{7}$/);
});

it("isAutoName: recognizes an auto-name by the inputs alone", () => {
  const text = fc.string({ minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(text, text, text, fc.uuid(), (project, stack, resource, vpnServiceId) => {
      const inputs = aConnection({ vpnServiceId });
      const made = autoName(definition, { project, stack, resource }, inputs);
      expect(isAutoName(definition, project, made, inputs)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

it.each([
  ["a name of the program", "office"],
  ["an empty name", ""],
  ["another hash suffix", "dev-office-0000000"],
])("isAutoName: is false for %s", (_what, other) => {
  expect(isAutoName(definition, "network", other, aConnection())).toBe(false);
});

it("isAutoName: is false for the auto-name of other inputs", () => {
  const other = aConnection({ vpnServiceId: OTHER_ID });
  expect(isAutoName(definition, "network", name(), other)).toBe(false);
});

it("isAutoName: is false for the auto-name of another project", () => {
  expect(isAutoName(definition, "other", name(), aConnection())).toBe(false);
});

/** The hash suffix for inputs of a type as a program sets them. */
function digitsOf(kind: Kind, changes: Values = {}): string {
  return autoName(cloudResourceType(kind), place, someInputs(kind, changes)).slice(-7);
}

it.each<[Kind, string[]]>([
  ["VpnService", ["routerId"]],
  [
    "IkePolicy",
    [
      "description",
      "authAlgorithm",
      "encryptionAlgorithm",
      "ikeVersion",
      "phase1NegotiationMode",
      "pfs",
      "lifetime",
    ],
  ],
  [
    "IpsecPolicy",
    [
      "description",
      "authAlgorithm",
      "encryptionAlgorithm",
      "encapsulationMode",
      "transformProtocol",
      "pfs",
      "lifetime",
    ],
  ],
  ["EndpointGroup", ["type", "endpoints"]],
  ["IpsecSiteConnection", ["vpnServiceId", "ikePolicyId", "ipsecPolicyId"]],
])(
  "namingFields: the hash suffix of a %s depends on the inputs whose change may replace it",
  (kind, expected) => {
    expect(namingFields(cloudResourceType(kind)).map((field) => field.name)).toEqual(expected);
  },
);

it.each<[Kind, Values]>([
  ["VpnService", { routerId: OTHER_ID }],
  ["IkePolicy", { description: "x" }],
  ["IkePolicy", { authAlgorithm: "sha512" }],
  ["IkePolicy", { encryptionAlgorithm: "aes-256" }],
  ["IkePolicy", { ikeVersion: "v2" }],
  ["IkePolicy", { phase1NegotiationMode: "aggressive" }],
  ["IkePolicy", { pfs: "group31" }],
  ["IkePolicy", { lifetime: { value: 1200 } }],
  ["IpsecPolicy", { encapsulationMode: "transport" }],
  ["IpsecPolicy", { transformProtocol: "ah" }],
  ["EndpointGroup", { endpoints: ["10.2.0.0/24"] }],
  ["EndpointGroup", { type: "subnet", endpoints: [SUBNET_ID] }],
])("autoName: a %s has another hash suffix for %j", (kind, changes) => {
  expect(digitsOf(kind, changes)).not.toBe(digitsOf(kind));
});

it.each<[Kind, Values]>([
  ["VpnService", { routerId: "66E3B16C-8CE5-40FB-BB49-AB6D8DC3F2AA" }],
  ["VpnService", { subnetId: OTHER_ID, description: "x", adminStateUp: false }],
  ["IkePolicy", { cloud: "east", adopt: "x", timeouts: { create: "5m" } }],
  ["IkePolicy", { projectId: "p", availabilityZone: "AZ1" }],
  ["IkePolicy", { description: "", pfs: "group14", lifetime: { value: 3600 } }],
  ["IkePolicy", { authAlgorithm: null, lifetime: null }],
  ["EndpointGroup", { endpoints: ["10.3.0.0/24", "10.2.0.9/24"] }],
  ["EndpointGroup", { description: "x" }],
])("autoName: a %s keeps its hash suffix for %j", (kind, changes) => {
  expect(digitsOf(kind, changes)).toBe(digitsOf(kind));
});

it("autoName: two resource types with the same inputs have different hash suffixes", () => {
  expect(digitsOf("IkePolicy")).not.toBe(digitsOf("IpsecPolicy"));
});

it.each<[Kind, string]>([
  ["VpnService", "c5f45d1"],
  ["IkePolicy", "b83f16d"],
  ["IpsecPolicy", "58d0698"],
  ["EndpointGroup", "eb70ae1"],
])(
  "autoName: the hash suffix of a %s never changes, because states of every age depend on it",
  (kind, digits) => {
    expect(digitsOf(kind)).toBe(digits);
  },
);

it("autoName: the hash suffix of a subnet group never changes, because states of every age depend on it", () => {
  const endpoints = [SUBNET_ID.toUpperCase(), "VLAN-7"];
  expect(digitsOf("EndpointGroup", { type: "subnet", endpoints })).toBe("02c14f9");
});

it("autoName: the hash suffix of a policy stays if a later release adds an input with a default", () => {
  const definition = cloudResourceType("IkePolicy");
  const pfs = definition.fields.find((field) => field.name === "pfs")!;
  const fields = [
    ...definition.fields,
    { ...pfs, name: "ikePort", wire: "ike_port", default: 500 },
  ];
  const later = autoName({ ...definition, fields }, place, someInputs("IkePolicy"));
  expect(later.slice(-7)).toBe(digitsOf("IkePolicy"));
});

it.each(KINDS_OF_DIALECTS)(
  "autoName: a %s has the same hash suffix before and after the check (%s)",
  (...row) => {
    const [kind, dialect] = row;
    fc.assert(
      fc.property(validInputs(kind, dialect), (given) => {
        const made = autoName(cloudResourceType(kind), place, given);
        const inputs = checkedInputs(kind, { name: undefined, ...given }, dialect);
        expect(isAutoName(cloudResourceType(kind), place.project, made, inputs)).toBe(true);
      }),
      { numRuns: 60 },
    );
  },
);

it.each<[Values]>([[{ units: undefined, value: 1200 }], [{ units: null, value: 1200 }]])(
  "autoName: a lifetime without a unit has the hash suffix that the provider computes: %j",
  (lifetime) => {
    const made = autoName(cloudResourceType("IkePolicy"), place, { lifetime });
    const inputs = checkedInputs("IkePolicy", { lifetime });
    expect(isAutoName(cloudResourceType("IkePolicy"), place.project, made, inputs)).toBe(true);
  },
);

describe("keepsAdoptedName is", () => {
  const keeps = (adopt: unknown, inputs: Values) =>
    keepsAdoptedName(definition, place.project, adopt, inputs);

  it("true if the inputs have the auto-name or an unknown name", () => {
    expect(keeps("theirs", aConnection({ name: name() }))).toBe(true);
    expect(keeps("theirs", aConnection({ name: UNKNOWN }))).toBe(true);
  });

  it("false if the program sets another name, or if the object was not adopted", () => {
    expect(keeps("theirs", aConnection({ name: "ours" }))).toBe(false);
    expect(keeps(undefined, aConnection({ name: name() }))).toBe(false);
  });

  it.each([undefined, null, 5])("false for an invalid name (%j)", (other) => {
    expect(keeps("theirs", { ...aConnection(), name: other })).toBe(false);
  });
});

describe("isRenamed is", () => {
  const renamed = (before: unknown, inputs: Values = aConnection({ name: name() })) =>
    isRenamed(definition, place.project, before, inputs);

  it.each([
    ["stack", { ...place, stack: "prod" }],
    ["project", { ...place, project: "another" }],
    ["resource", { ...place, resource: "branch" }],
    ["resource, whose old name ended with a line break,", { ...place, resource: "office\n" }],
  ])("true if the %s has another name", (_what, before) => {
    expect(renamed(autoName(definition, before, aConnection()))).toBe(true);
  });

  it.each([
    ["the old name is not an auto-name", "office"],
    ["the hash suffix of the old name is not hexadecimal", "dev-office-012345g"],
    ["the hash suffix of the old name is too long", "dev-office-01234567"],
    ["the old name is only a hash suffix", "-0123456"],
    ["there is no old name", undefined],
    ["the old name is a list", ["dev-office-0123456"]],
  ])("false if %s", (_why, before) => {
    expect(renamed(before)).toBe(false);
  });

  it.each(["ours", "dev-office-0123456", UNKNOWN, undefined])(
    "false if the program sets the name: %s",
    (given) => {
      expect(renamed(name(), { ...aConnection(), name: given })).toBe(false);
    },
  );
});

describe("isSameResource", () => {
  it.each([
    ["equal names", "office", "office", true],
    ["auto-names of one resource", "dev-office-7787455", "dev-office-abcdef0", true],
    ["auto-names of two resources", "dev-office-7787455", "dev-branch-7787455", false],
    ["an auto-name and its stem", "dev-office-7787455", "dev-office", false],
    ["a name and an auto-name", "dev-office", "dev-office-7787455", false],
    ["names that only begin alike", "office-1", "office-2", false],
    ["empty names", "", "", false],
    ["no names", undefined, undefined, false],
    ["a name and none", "office", undefined, false],
    ["none and a name", undefined, "office", false],
  ])("of %s", (_what, one, other, expected) => {
    expect(isSameResource(one, other)).toBe(expected);
  });
});

it("isUnnamed: an object without a name of the program, and without one to adopt", () => {
  const unnamed = { ...aConnection(), name: name() };
  const cases = [unnamed, { ...unnamed, name: UNKNOWN }, aConnection({ name: "office" })];
  const isIt = (inputs: Values) => isUnnamed(definition, place.project, inputs);
  expect(cases.map(isIt)).toEqual([true, true, false]);
  expect(cases.map((inputs) => isIt({ ...inputs, adopt: OTHER_ID }))).toEqual([
    false,
    false,
    false,
  ]);
  expect(isIt({ ...unnamed, name: undefined })).toBe(false);
});
