import { Ajv } from "ajv";

import {
  allCloudResourceTypes,
  allResourceTypes,
  cloudResourceType,
  type Field,
  type Kind,
  resourceType,
} from "../../../provider/schema/resourceType";
import { RESOURCES } from "../../../provider/schema/packageSchema";
import { KINDS } from "../support/kinds";

const definition = cloudResourceType("IpsecSiteConnection");

function names(wanted: (field: Field) => boolean, kind: Kind = "IpsecSiteConnection"): string[] {
  return cloudResourceType(kind)
    .fields.filter(wanted)
    .map(({ name }) => name);
}

it.each<[Kind, string, string, string, string]>([
  ["VpnService", "vpnservices", "vpnservice", "vpnservices", "VPNServiceNotFound"],
  ["IkePolicy", "ikepolicies", "ikepolicy", "ikepolicies", "IKEPolicyNotFound"],
  ["IpsecPolicy", "ipsecpolicies", "ipsecpolicy", "ipsecpolicies", "IPsecPolicyNotFound"],
  [
    "EndpointGroup",
    "endpoint-groups",
    "endpoint_group",
    "endpoint_groups",
    "VPNEndpointGroupNotFound",
  ],
  [
    "IpsecSiteConnection",
    "ipsec-site-connections",
    "ipsec_site_connection",
    "ipsec_site_connections",
    "IPsecSiteConnectionNotFound",
  ],
])(
  "a %s has its path, envelope and fault type of the API",
  (kind, collection, envelope, listEnvelope, notFound) => {
    expect(cloudResourceType(kind)).toMatchObject({
      kind,
      path: collection,
      envelope,
      listEnvelope,
      notFoundType: notFound,
    });
  },
);

it("the lists have every cloud resource type and every resource type", () => {
  expect(allCloudResourceTypes().map(({ kind }) => kind)).toEqual(KINDS);
  expect(allResourceTypes().map(({ kind }) => kind)).toEqual([
    ...KINDS,
    "ConnectionsReady",
    "PreSharedKey",
  ]);
});

it.each(allResourceTypes())("resourceType finds the $kind by its name", (shape) => {
  expect(resourceType(shape.kind)).toBe(shape);
});

it.each<[Kind, string[]]>([
  ["VpnService", ["routerId", "subnetId", "flavorId", "availabilityZone", "projectId", "cloud"]],
  ["IkePolicy", ["availabilityZone", "projectId", "cloud"]],
  ["IpsecPolicy", ["availabilityZone", "projectId", "cloud"]],
  ["EndpointGroup", ["type", "endpoints", "projectId", "cloud"]],
  [
    "IpsecSiteConnection",
    ["vpnServiceId", "ikePolicyId", "ipsecPolicyId", "availabilityZone", "projectId", "cloud"],
  ],
])("a %s has the expected immutable fields", (kind, expected) => {
  expect(names((field) => field.createOnly, kind)).toEqual(expected);
});

it.each<[Kind, string[]]>([
  ["VpnService", ["routerId"]],
  ["IkePolicy", []],
  ["IpsecPolicy", []],
  ["EndpointGroup", ["type", "endpoints"]],
  [
    "IpsecSiteConnection",
    ["vpnServiceId", "ikePolicyId", "ipsecPolicyId", "peerAddress", "peerId", "psk"],
  ],
])("a %s has the expected required fields", (kind, expected) => {
  expect(names((field) => field.required, kind)).toEqual(expected);
});

it.each<[Kind, string[]]>([
  ["VpnService", ["routerId"]],
  ["IkePolicy", []],
  ["IpsecPolicy", []],
  ["EndpointGroup", []],
  ["IpsecSiteConnection", ["vpnServiceId", "peerAddress", "peerId"]],
])("the identity of a %s consists of the expected fields", (kind, expected) => {
  expect(cloudResourceType(kind).identity).toEqual(expected);
});

it("the only secret of all resource types is the psk", () => {
  const secrets = KINDS.flatMap((kind) => names((field) => field.secret, kind));
  expect(secrets).toEqual(["psk"]);
  expect(KINDS.flatMap((kind) => cloudResourceType(kind).secretAttributes)).toEqual(["psk"]);
});

it.each(KINDS)("a %s has the expected fields that the API never receives", (kind) => {
  const waits = kind === "IpsecSiteConnection" ? ["waitFor"] : [];
  expect(names((field) => field.local, kind)).toEqual([
    "cloud",
    "adopt",
    ...waits,
    "timeouts",
    "endpoint",
  ]);
});

it.each(KINDS)("adopt of a %s has an effect only at the creation", (kind) => {
  expect(names((field) => field.once, kind)).toEqual(["adopt"]);
});

it("the unordered lists are endpoints and peerCidrs", () => {
  const lists = KINDS.flatMap((kind) => names((field) => field.unordered, kind));
  expect(lists).toEqual(["endpoints", "peerCidrs"]);
});

it("the cloud chooses the project and the availability zone if the program sets none", () => {
  const chosen = KINDS.flatMap((kind) => names((field) => field.chosen, kind));
  expect([...new Set(chosen)]).toEqual(["availabilityZone", "projectId"]);
});

it("only policies are immutable in use", () => {
  const fixed = allCloudResourceTypes().filter(({ fixedInUse }) => fixedInUse);
  expect(fixed.map(({ kind }) => kind)).toEqual(["IkePolicy", "IpsecPolicy"]);
});

it("x-status: connections settle and are listed by their service, services stay as they are", () => {
  const behaviors = allCloudResourceTypes().flatMap(({ kind, status }) =>
    status === undefined
      ? []
      : [[kind, status.settles, status.switch?.name, status.listedBy?.name] as const],
  );
  expect(behaviors).toEqual([
    ["VpnService", false, "adminStateUp", undefined],
    ["IpsecSiteConnection", true, "adminStateUp", "vpnServiceId"],
  ]);
});

it("x-completed-later: the cloud adds values to new VPN services only", () => {
  const later = allCloudResourceTypes().filter(({ completedLater }) => completedLater);
  expect(later.map(({ kind }) => kind)).toEqual(["VpnService"]);
});

it("only endpoint groups are missing in K5, and no type in Neutron", () => {
  const missing = (dialect: "k5" | "neutron") =>
    allCloudResourceTypes().filter(({ available }) => !available[dialect]);
  expect(missing("k5").map(({ kind }) => kind)).toEqual(["EndpointGroup"]);
  expect(missing("neutron")).toEqual([]);
});

it("every id field has the type of its object", () => {
  const all = allCloudResourceTypes().flatMap(({ fields }) => fields);
  const referring = all.filter(({ refersTo }) => refersTo !== undefined);
  expect(referring.map(({ wire, refersTo }) => [wire, refersTo])).toEqual([
    ["vpnservice_id", "VpnService"],
    ["ikepolicy_id", "IkePolicy"],
    ["ipsecpolicy_id", "IpsecPolicy"],
    ["local_ep_group_id", "EndpointGroup"],
    ["peer_ep_group_id", "EndpointGroup"],
  ]);
});

it.each<[Kind, Record<string, string[]>]>([
  ["VpnService", {}],
  [
    "IkePolicy",
    {
      authAlgorithm: ["sha1"],
      encryptionAlgorithm: ["3des"],
      phase1NegotiationMode: ["aggressive"],
      pfs: ["group2", "group5"],
    },
  ],
  [
    "IpsecPolicy",
    { authAlgorithm: ["sha1"], encryptionAlgorithm: ["3des"], pfs: ["group2", "group5"] },
  ],
  ["EndpointGroup", {}],
  ["IpsecSiteConnection", {}],
])("a %s has the expected deprecated values", (kind, expected) => {
  const weak = cloudResourceType(kind)
    .fields.map(({ name, deprecated }) => [name, Object.keys(deprecated)] as const)
    .filter(([, values]) => values.length > 0);
  expect(Object.fromEntries(weak)).toEqual(expected);
});

it.each<[Kind, string[], string[]]>([
  ["VpnService", ["availabilityZone"], ["flavorId", "projectId"]],
  ["IkePolicy", ["availabilityZone"], ["projectId"]],
  ["IpsecPolicy", ["availabilityZone"], ["projectId"]],
  [
    "IpsecSiteConnection",
    ["availabilityZone"],
    ["mtu", "localId", "localEpGroupId", "peerEpGroupId", "projectId"],
  ],
])("a %s has the expected inputs of one dialect only", (kind, k5, neutron) => {
  expect(names(({ input }) => input.k5 && !input.neutron, kind)).toEqual(k5);
  expect(names(({ input }) => input.neutron && !input.k5, kind)).toEqual(
    expect.arrayContaining(neutron),
  );
});

it.each(KINDS)("an input of a %s belongs to a dialect unless schema.json excludes it", (kind) => {
  const inputs = Object.entries(RESOURCES[kind].inputProperties);
  for (const dialect of ["k5", "neutron"] as const) {
    const expected = inputs
      .filter(([, one]) => one[`x-${dialect}`] !== false)
      .map(([name]) => name);
    expect(names(({ input }) => input[dialect], kind).sort()).toEqual(expected.sort());
  }
});

it.each<[Kind, string[]]>([
  ["VpnService", ["status", "externalV4Ip", "externalV6Ip", "endpoint"]],
  ["IkePolicy", ["endpoint"]],
  ["IpsecPolicy", ["endpoint"]],
  ["EndpointGroup", ["endpoint"]],
  ["IpsecSiteConnection", ["status", "authMode", "routeMode", "resolvedPeerAddress", "endpoint"]],
])("the outputs of a %s that only the cloud sets are inputs of no dialect", (kind, expected) => {
  expect(names(({ input }) => !input.k5 && !input.neutron, kind)).toEqual(expected);
});

it("wire names are in snake_case, with the exceptions of the API", () => {
  const all = allCloudResourceTypes().flatMap(({ fields }) => fields);
  const wires = Object.fromEntries(all.map(({ name, wire }) => [name, wire]));
  expect(wires).toMatchObject({
    adminStateUp: "admin_state_up",
    vpnServiceId: "vpnservice_id",
    ikePolicyId: "ikepolicy_id",
    ipsecPolicyId: "ipsecpolicy_id",
    localEpGroupId: "local_ep_group_id",
    projectId: "project_id",
    resolvedPeerAddress: "peer_address",
    externalV4Ip: "external_v4_ip",
    phase1NegotiationMode: "phase1_negotiation_mode",
  });
});

it("an object whose members have defaults has their sum as its own default", () => {
  const all = [...definition.fields, ...cloudResourceType("IkePolicy").fields];
  const defaults = Object.fromEntries(all.map((field) => [field.name, field.default]));
  expect(defaults["dpd"]).toEqual({ action: "hold", interval: 30, timeout: 120 });
  expect(defaults["timeouts"]).toEqual({ create: "10m", update: "10m", delete: "10m" });
  expect(defaults["lifetime"]).toEqual({ units: "seconds", value: 3600 });
});

it("fields have the formats of their values and of their list items", () => {
  const formats = Object.fromEntries(definition.fields.map((field) => [field.name, field.format]));
  expect(formats).toMatchObject({ peerCidrs: "cidr", peerAddress: "host", vpnServiceId: "uuid" });
});

describe("the JSON Schema of the inputs, which a provider compiles without a validation of its own", () => {
  const ajv = new Ajv();

  it.each(
    allResourceTypes().flatMap(({ kind, inputSchema }) =>
      (["k5", "neutron"] as const).map((dialect) => [kind, dialect, inputSchema[dialect]] as const),
    ),
  )("of %s in the dialect %s is a valid schema", (_kind, _dialect, schema) => {
    expect([ajv.validateSchema(schema), ajv.errors]).toEqual([true, null]);
  });

  it("would be refused with a keyword of the wrong type", () => {
    expect(ajv.validateSchema({ type: "object", required: "name" })).toBe(false);
  });
});
