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
])("knows where a %s lives in the API", (kind, collection, envelope, listEnvelope, notFound) => {
  expect(cloudResourceType(kind)).toMatchObject({
    kind,
    path: collection,
    envelope,
    listEnvelope,
    notFoundType: notFound,
  });
});

it("lists every kind of object there is, and every kind of resource", () => {
  expect(allCloudResourceTypes().map(({ kind }) => kind)).toEqual(KINDS);
  expect(allResourceTypes().map(({ kind }) => kind)).toEqual([...KINDS, "ConnectionsReady"]);
});

it.each(allResourceTypes())("knows the shape of a $kind by its name", (shape) => {
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
])("knows what of a %s needs another object", (kind, expected) => {
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
])("knows what of a %s has to be given", (kind, expected) => {
  expect(names((field) => field.required, kind)).toEqual(expected);
});

it.each<[Kind, string[]]>([
  ["VpnService", ["routerId"]],
  ["IkePolicy", []],
  ["IpsecPolicy", []],
  ["EndpointGroup", []],
  ["IpsecSiteConnection", ["vpnServiceId", "peerAddress", "peerId"]],
])("knows by what two of %s are in each other's way", (kind, expected) => {
  expect(cloudResourceType(kind).identity).toEqual(expected);
});

it("knows the one secret of all kinds", () => {
  const secrets = KINDS.flatMap((kind) => names((field) => field.secret, kind));
  expect(secrets).toEqual(["psk"]);
  expect(KINDS.flatMap((kind) => cloudResourceType(kind).secretAttributes)).toEqual(["psk"]);
});

it.each(KINDS)("knows what of a %s the API never sees", (kind) => {
  const waits = kind === "IpsecSiteConnection" ? ["waitFor"] : [];
  expect(names((field) => field.local, kind)).toEqual([
    "cloud",
    "adopt",
    ...waits,
    "timeouts",
    "endpoint",
  ]);
});

it.each(KINDS)("knows that adopt says something at the creation of a %s only", (kind) => {
  expect(names((field) => field.once, kind)).toEqual(["adopt"]);
});

it("knows the lists whose order says nothing", () => {
  const lists = KINDS.flatMap((kind) => names((field) => field.unordered, kind));
  expect(lists).toEqual(["endpoints", "peerCidrs"]);
});

it("knows what the cloud chooses where the program says nothing", () => {
  const chosen = KINDS.flatMap((kind) => names((field) => field.chosen, kind));
  expect([...new Set(chosen)]).toEqual(["availabilityZone", "projectId"]);
});

it("knows that policies alone cannot be changed in use", () => {
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

it("knows that K5 lacks endpoint groups alone, and Neutron nothing", () => {
  const missing = (dialect: "k5" | "neutron") =>
    allCloudResourceTypes().filter(({ available }) => !available[dialect]);
  expect(missing("k5").map(({ kind }) => kind)).toEqual(["EndpointGroup"]);
  expect(missing("neutron")).toEqual([]);
});

it("knows which object an id is of", () => {
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
])("knows the values of %s that should not be used", (kind, expected) => {
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
])("knows the inputs of %s that only one dialect has", (kind, k5, neutron) => {
  expect(names(({ input }) => input.k5 && !input.neutron, kind)).toEqual(k5);
  expect(names(({ input }) => input.neutron && !input.k5, kind)).toEqual(
    expect.arrayContaining(neutron),
  );
});

it.each(KINDS)(
  "takes an input of a %s for one of a dialect unless schema.json excludes it",
  (kind) => {
    const inputs = Object.entries(RESOURCES[kind].inputProperties);
    for (const dialect of ["k5", "neutron"] as const) {
      const expected = inputs
        .filter(([, one]) => one[`x-${dialect}`] !== false)
        .map(([name]) => name);
      expect(names(({ input }) => input[dialect], kind).sort()).toEqual(expected.sort());
    }
  },
);

it.each<[Kind, string[]]>([
  ["VpnService", ["status", "externalV4Ip", "externalV6Ip", "endpoint"]],
  ["IkePolicy", ["endpoint"]],
  ["IpsecPolicy", ["endpoint"]],
  ["EndpointGroup", ["endpoint"]],
  ["IpsecSiteConnection", ["status", "authMode", "routeMode", "resolvedPeerAddress", "endpoint"]],
])("takes what only the cloud knows of a %s for no input of any dialect", (kind, expected) => {
  expect(names(({ input }) => !input.k5 && !input.neutron, kind)).toEqual(expected);
});

it("writes names of the API in snake_case, but for those that the API writes otherwise", () => {
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

it("gives an object whose parts have defaults their whole as its own", () => {
  const all = [...definition.fields, ...cloudResourceType("IkePolicy").fields];
  const defaults = Object.fromEntries(all.map((field) => [field.name, field.default]));
  expect(defaults["dpd"]).toEqual({ action: "hold", interval: 30, timeout: 120 });
  expect(defaults["timeouts"]).toEqual({ create: "10m", update: "10m", delete: "10m" });
  expect(defaults["lifetime"]).toEqual({ units: "seconds", value: 3600 });
});

it("has formats of values and of the entries of a list", () => {
  const formats = Object.fromEntries(definition.fields.map((field) => [field.name, field.format]));
  expect(formats).toMatchObject({ peerCidrs: "cidr", peerAddress: "host", vpnServiceId: "uuid" });
});
