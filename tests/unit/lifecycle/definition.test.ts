import { definitionOf, type Field, type Values } from "../../../provider/lifecycle/definition";

const definition = definitionOf("IpsecSiteConnection");

function names(wanted: (field: Field) => boolean): string[] {
  return definition.fields.filter(wanted).map(({ name }) => name);
}

it("knows where connections live in the API", () => {
  expect(definition).toMatchObject({
    kind: "IpsecSiteConnection",
    collection: "ipsec-site-connections",
    envelope: "ipsec_site_connection",
    notFoundType: "IPsecSiteConnectionNotFound",
  });
});

it("knows what a PUT cannot change", () => {
  expect(names((field) => field.createOnly)).toEqual([
    "vpnServiceId",
    "ikePolicyId",
    "ipsecPolicyId",
    "availabilityZone",
    "projectId",
  ]);
});

it("knows the one secret", () => {
  expect(names((field) => field.secret)).toEqual(["psk"]);
});

it("knows what the API never sees", () => {
  expect(names((field) => field.local)).toEqual(["waitFor", "timeouts", "endpoint"]);
});

it("knows the one list whose order says nothing", () => {
  expect(names((field) => field.unordered)).toEqual(["peerCidrs"]);
});

it("knows what has to be given", () => {
  expect(names((field) => field.required)).toEqual([
    "vpnServiceId",
    "ikePolicyId",
    "ipsecPolicyId",
    "peerAddress",
    "peerId",
    "psk",
  ]);
});

it("knows the inputs that only one dialect has", () => {
  expect(names(({ input }) => input.k5 && !input.neutron)).toEqual(["availabilityZone"]);
  expect(names(({ input }) => input.neutron && !input.k5)).toEqual([
    "mtu",
    "localId",
    "localEpGroupId",
    "peerEpGroupId",
    "projectId",
  ]);
});

it("takes what only the cloud knows for no input of any dialect", () => {
  expect(names(({ input }) => !input.k5 && !input.neutron)).toEqual([
    "status",
    "authMode",
    "routeMode",
    "resolvedPeerAddress",
    "endpoint",
  ]);
});

it("writes names of the API in snake_case, but for those that the API writes otherwise", () => {
  const wires = Object.fromEntries(definition.fields.map(({ name, wire }) => [name, wire]));
  expect(wires).toMatchObject({
    adminStateUp: "admin_state_up",
    vpnServiceId: "vpnservice_id",
    ikePolicyId: "ikepolicy_id",
    ipsecPolicyId: "ipsecpolicy_id",
    localEpGroupId: "local_ep_group_id",
    projectId: "project_id",
    resolvedPeerAddress: "peer_address",
  });
});

it("gives an object whose parts have defaults their whole as its own", () => {
  const defaults = Object.fromEntries(
    definition.fields.map((field) => [field.name, field.default]),
  );
  expect(defaults["dpd"]).toEqual({ action: "hold", interval: 30, timeout: 120 });
  expect(defaults["timeouts"]).toEqual({ create: "10m", update: "10m", delete: "10m" });
});

it("has formats of values and of the entries of a list", () => {
  const formats = Object.fromEntries(definition.fields.map((field) => [field.name, field.format]));
  expect(formats).toMatchObject({ peerCidrs: "cidr", peerAddress: "host", vpnServiceId: "uuid" });
});

describe("the schema of the inputs", () => {
  const { k5, neutron } = definition.inputSchema;
  const property = (schema: Values, name: string) => (schema["properties"] as Values)[name];

  it("asks for networks in the k5 dialect only", () => {
    expect(k5["required"]).toContain("peerCidrs");
    expect(neutron["required"]).not.toContain("peerCidrs");
  });

  it("has the narrower bounds of K5 in the k5 dialect only", () => {
    expect(property(k5, "peerCidrs")).toMatchObject({ maxItems: 1, items: { format: "network" } });
    expect(property(neutron, "peerCidrs")).toMatchObject({ items: { format: "cidr" } });
    expect(property(neutron, "peerCidrs")).not.toHaveProperty("maxItems");
  });

  it("takes nothing that it does not name", () => {
    expect([k5, neutron, property(k5, "dpd")]).toEqual(
      Array(3).fill(expect.objectContaining({ additionalProperties: false })),
    );
  });

  it("knows JSON Schema's own keywords alone", () => {
    expect(JSON.stringify([k5, neutron])).not.toMatch(/\$ref|"x-|"secret"|"description":\s*"/);
  });
});
