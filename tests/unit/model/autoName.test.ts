import fc from "fast-check";

import {
  autoName,
  isAutoName,
  isRenamed,
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

it("is made of stack, resource and 7 hexadecimal digits", () => {
  expect(name()).toMatch(/^dev-office-[0-9a-f]{7}$/);
});

it("never changes for the same resource, since states of every age count on it", () => {
  expect(name()).toBe("dev-office-7787455");
});

it.each([
  ["another service", { vpnServiceId: OTHER_ID }, {}],
  ["another IKE policy", { ikePolicyId: OTHER_ID }, {}],
  ["another Pulumi project", {}, { project: "other" }],
  ["another stack", {}, { stack: "prod" }],
  ["another resource", {}, { resource: "branch" }],
])("is another one for %s", (_what, changes, where) => {
  expect(name(changes, where).slice(-7)).not.toBe(name().slice(-7));
});

it.each([
  { psk: "another" },
  { peerAddress: "198.51.100.1" },
  { description: "x" },
  { availabilityZone: null },
  { availabilityZone: "AZ2" },
  { projectId: "the login's own, written out" },
])("stays where the object stays: %j", (changes) => {
  expect(name(changes)).toBe(name());
});

it("is another one where stack and resource meet at another hyphen", () => {
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

it("does not depend on the case of an id, which changes no object", () => {
  expect(name({ vpnServiceId: SERVICE_ID.toUpperCase() })).toBe(name());
});

it("is no longer than the API takes", () => {
  const long = name({}, { resource: "r".repeat(400) });
  expect(long).toHaveLength(255);
  expect(long).toMatch(/^dev-r+-[0-9a-f]{7}$/);
});

it("is known again from the inputs alone", () => {
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
  ["other digits", "dev-office-0000000"],
])("is not mistaken for %s", (_what, other) => {
  expect(isAutoName(definition, "network", other, aConnection())).toBe(false);
});

it("is not mistaken for the name for other inputs", () => {
  const other = aConnection({ vpnServiceId: OTHER_ID });
  expect(isAutoName(definition, "network", name(), other)).toBe(false);
});

it("is not mistaken for the one of another project", () => {
  expect(isAutoName(definition, "other", name(), aConnection())).toBe(false);
});

/** The digits for inputs of a kind as a program writes them. */
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
])("of a %s comes from what makes another object of it", (kind, expected) => {
  expect(namingFields(cloudResourceType(kind)).map((field) => field.name)).toEqual(expected);
});

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
])("of a %s is another one for %j", (kind, changes) => {
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
])("of a %s stays for %j", (kind, changes) => {
  expect(digitsOf(kind, changes)).toBe(digitsOf(kind));
});

it("of one kind is not that of another with the same inputs", () => {
  expect(digitsOf("IkePolicy")).not.toBe(digitsOf("IpsecPolicy"));
});

it.each<[Kind, string]>([
  ["VpnService", "c5f45d1"],
  ["IkePolicy", "b83f16d"],
  ["IpsecPolicy", "58d0698"],
  ["EndpointGroup", "eb70ae1"],
])("of a %s never changes, since states of every age count on it", (kind, digits) => {
  expect(digitsOf(kind)).toBe(digits);
});

it("of a group of subnets never changes, since states of every age count on it", () => {
  const endpoints = [SUBNET_ID.toUpperCase(), "VLAN-7"];
  expect(digitsOf("EndpointGroup", { type: "subnet", endpoints })).toBe("02c14f9");
});

it("of a policy stays when a later release has one more input, as long as that has its default", () => {
  const definition = cloudResourceType("IkePolicy");
  const pfs = definition.fields.find((field) => field.name === "pfs")!;
  const fields = [
    ...definition.fields,
    { ...pfs, name: "ikePort", wire: "ike_port", default: 500 },
  ];
  const later = autoName({ ...definition, fields }, place, someInputs("IkePolicy"));
  expect(later.slice(-7)).toBe(digitsOf("IkePolicy"));
});

it.each(KINDS_OF_DIALECTS)("of a %s is the same before and after the check (%s)", (...row) => {
  const [kind, dialect] = row;
  fc.assert(
    fc.property(validInputs(kind, dialect), (given) => {
      const made = autoName(cloudResourceType(kind), place, given);
      const inputs = checkedInputs(kind, { name: undefined, ...given }, dialect);
      expect(isAutoName(cloudResourceType(kind), place.project, made, inputs)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

it.each<[Values]>([[{ units: undefined, value: 1200 }], [{ units: null, value: 1200 }]])(
  "has the digits that the provider computes for a lifetime whose unit is not given: %j",
  (lifetime) => {
    const made = autoName(cloudResourceType("IkePolicy"), place, { lifetime });
    const inputs = checkedInputs("IkePolicy", { lifetime });
    expect(isAutoName(cloudResourceType("IkePolicy"), place.project, made, inputs)).toBe(true);
  },
);

describe("what was adopted keeps its name", () => {
  const keeps = (adopt: unknown, inputs: Values) =>
    keepsAdoptedName(definition, place.project, adopt, inputs);

  it("where the inputs hold the default name, or one that is not known yet", () => {
    expect(keeps("theirs", aConnection({ name: name() }))).toBe(true);
    expect(keeps("theirs", aConnection({ name: UNKNOWN }))).toBe(true);
  });

  it("but not where the program gives another, or where nothing was adopted", () => {
    expect(keeps("theirs", aConnection({ name: "ours" }))).toBe(false);
    expect(keeps(undefined, aConnection({ name: name() }))).toBe(false);
  });

  it.each([undefined, null, 5])("but not for a name that is none (%j)", (other) => {
    expect(keeps("theirs", { ...aConnection(), name: other })).toBe(false);
  });
});

describe("one default name in the place of another", () => {
  const renamed = (before: unknown, inputs: Values = aConnection({ name: name() })) =>
    isRenamed(definition, place.project, before, inputs);

  it.each([
    ["stack", { ...place, stack: "prod" }],
    ["project", { ...place, project: "another" }],
    ["resource", { ...place, resource: "branch" }],
    ["resource, which ended with a line break,", { ...place, resource: "office\n" }],
  ])("is a rename, where the %s is called differently", (_what, before) => {
    expect(renamed(autoName(definition, before, aConnection()))).toBe(true);
  });

  it.each([
    ["the old name is no default name", "office"],
    ["the digits of the old name are no hexadecimal ones", "dev-office-012345g"],
    ["the old name has more digits", "dev-office-01234567"],
    ["the old name is digits alone", "-0123456"],
    ["there is no old name", undefined],
    ["the old name is a list", ["dev-office-0123456"]],
  ])("is none where %s", (_why, before) => {
    expect(renamed(before)).toBe(false);
  });

  it.each(["ours", "dev-office-0123456", UNKNOWN, undefined])(
    "is none where the program gives the name itself: %s",
    (given) => {
      expect(renamed(name(), { ...aConnection(), name: given })).toBe(false);
    },
  );
});
