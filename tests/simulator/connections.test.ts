import type { Simulator } from "../../simulator";
import { Client, start, stopAll } from "./client";

const cidrs = { peer_cidrs: ["192.168.1.0/24"] };
let simulator: Simulator;
let client: Client;
let body: Awaited<ReturnType<Client["prepare"]>>;

beforeEach(async () => {
  simulator = await start();
  client = await Client.login(simulator);
  body = await client.prepare();
});
afterEach(stopAll);

const connected = async (attributes: object = {}): Promise<string> => {
  const { body: made } = await client.connect({ ...body, ...cidrs, ...attributes });
  return String(made.ipsec_site_connection.id);
};

const settled = async (attributes: object = {}): Promise<string> => {
  const id = await connected(attributes);
  await client.statusAfter(id, "PENDING_CREATE");
  return id;
};

it("the simulator answers a POST with every attribute, with the psk in clear", async () => {
  const { status, body: made } = await client.connect({ ...body, ...cidrs });

  expect(status).toBe(201);
  expect(made.ipsec_site_connection).toEqual({
    ...body,
    ...cidrs,
    id: expect.any(String),
    name: "",
    description: "",
    tenant_id: simulator.fixture.projectId,
    project_id: simulator.fixture.projectId,
    local_id: "",
    route_mode: "static",
    auth_mode: "psk",
    mtu: 1500,
    initiator: "bi-directional",
    dpd: { action: "hold", interval: 30, timeout: 120 },
    admin_state_up: true,
    status: "PENDING_CREATE",
    local_ep_group_id: null,
    peer_ep_group_id: null,
  });
});

it("the simulator turns a connection ACTIVE after its pending time", async () => {
  expect(await client.statusAfter(await connected(), "PENDING_CREATE")).toBe("ACTIVE");
});

it("the simulator leaves a service without connections PENDING_CREATE and activates it with its first connection", async () => {
  const path = `vpn/vpnservices/${body.vpnservice_id}`;
  await new Promise((resolve) => setTimeout(resolve, 40));
  const alone = await client.get(path);
  await settled();
  const used = await client.get(path);

  expect(alone.body.vpnservice.status).toBe("PENDING_CREATE");
  expect(used.body.vpnservice.status).toBe("ACTIVE");
});

it("the simulator refuses a PUT while the connection is pending", async () => {
  const id = await connected({ name: "[stuck]" });
  const { status, body: refusal } = await client.change(id, { name: "x" });

  expect(status).toBe(400);
  expect(refusal.NeutronError).toEqual({
    type: "VPNStateInvalidToUpdate",
    message: `Invalid state PENDING_CREATE of vpnaas resource ${id} for updating`,
    detail: "",
  });
});

it("the simulator reports an invalid body as such even while the connection is pending", async () => {
  const id = await connected({ name: "[stuck]" });

  expect((await client.change(id, { mtu: 10 })).type).toBe("IPsecSiteConnectionMtuError");
});

it("the simulator deletes a pending connection and answers 404 for it afterwards", async () => {
  const path = `vpn/ipsec-site-connections/${await connected({ name: "[stuck]" })}`;

  expect((await client.delete(path)).status).toBe(204);
  expect((await client.get(path)).type).toBe("IPsecSiteConnectionNotFound");
  expect((await client.delete(path)).status).toBe(404);
});

it("the simulator keeps the old status after a PUT until the next report of the agent", async () => {
  const id = await settled();
  const { body: changed } = await client.change(id, { admin_state_up: false });

  expect(changed.ipsec_site_connection.status).toBe("ACTIVE");
  expect(await client.statusAfter(id, "ACTIVE")).toBe("DOWN");
});

it("the simulator turns a connection to PENDING_UPDATE on a PUT if the option is set", async () => {
  const id = await settled();
  simulator.behavior.pendingOnUpdate = true;
  const { body: changed } = await client.change(id, { description: "d" });

  expect(changed.ipsec_site_connection.status).toBe("PENDING_UPDATE");
  expect(await client.statusAfter(id, "PENDING_UPDATE")).toBe("ACTIVE");
});

it.each([
  ["[settles DOWN]", "DOWN"],
  ["[settles ERROR]", "ERROR"],
  ["[pending 0.01s]", "ACTIVE"],
])("the simulator obeys %s in the description of a connection", async (description, status) => {
  expect(await client.statusAfter(await connected({ description }), "PENDING_CREATE")).toBe(status);
});

it("the simulator gives a connection its own pending time", async () => {
  const id = await connected({ name: "[pending 0.15s]" });
  await new Promise((resolve) => setTimeout(resolve, 60));

  expect((await client.change(id, {})).type).toBe("VPNStateInvalidToUpdate");
  expect(await client.statusAfter(id, "PENDING_CREATE")).toBe("ACTIVE");
});

it("the simulator obeys [pending-update] for that one connection", async () => {
  const id = await settled({ name: "[pending-update]" });
  const { body: changed } = await client.change(id, {});

  expect(changed.ipsec_site_connection.status).toBe("PENDING_UPDATE");
});

it("the simulator turns all connections of a disabled service DOWN", async () => {
  const id = await settled();
  await client.put(`vpn/vpnservices/${body.vpnservice_id}`, {
    vpnservice: { admin_state_up: false },
  });

  expect(await client.statusAfter(id, "ACTIVE")).toBe("DOWN");
});

it("the simulator keeps the members of dpd that a PUT leaves out", async () => {
  const id = await settled({ dpd: { action: "restart", interval: 20, timeout: 90 } });
  const { body: changed } = await client.change(id, { dpd: { interval: 25 } });

  expect(changed.ipsec_site_connection.dpd).toEqual({
    action: "restart",
    interval: 25,
    timeout: 90,
  });
});

it("the simulator returns several CIDRs in a different order", async () => {
  const sent = ["10.1.0.0/24", "10.2.0.0/24"];
  const { body: made } = await client.connect({ ...body, peer_cidrs: sent });

  expect(made.ipsec_site_connection.peer_cidrs).toEqual(["10.2.0.0/24", "10.1.0.0/24"]);
});

it("the simulator replaces a host name by its address", async () => {
  const { body: made } = await client.connect({ ...body, ...cidrs, peer_address: "localhost" });

  expect(made.ipsec_site_connection.peer_address).toBe("127.0.0.1");
});

it.each([
  [{ dpd: { interval: 60, timeout: 60 } }, "IPsecSiteConnectionDpdIntervalValueError"],
  [{ dpd: { interval: 130 } }, "IPsecSiteConnectionDpdIntervalValueError"],
  [{ mtu: 67 }, "IPsecSiteConnectionMtuError"],
  [{ mtu: "big" }, "InvalidInput"],
  [{ peer_cidrs: [] }, "MissingPeerCidrs"],
  [{ peer_cidrs: ["10.0.0.0/24", "2001:db8::/64"] }, "MixedIPVersionsForPeerCidrs"],
  [{ peer_cidrs: ["2001:db8::/64"] }, "MixedIPVersionsForIPSecConnection"],
  [{ peer_address: "vpn.example.invalid" }, "VPNPeerAddressNotResolved"],
  [{ peer_address: "" }, "VPNPeerAddressNotResolved"],
  [{ local_ep_group_id: "11111111-2222-4333-8444-555555555555" }, "InvalidEndpointGroup"],
])("the simulator refuses %j with %s", async (attributes, type) => {
  const reply = await client.connect({ ...body, ...cidrs, ...attributes });

  expect(reply).toMatchObject({ status: 400, type });
});

it.each([
  [
    { peer_cidrs: ["10.0.0.5"] },
    "Invalid input for peer_cidrs. Reason: '10.0.0.5' is not a valid IP subnet.",
  ],
  [{ dpd: { color: 1 } }, "Invalid input for dpd. Reason: Unexpected keys supplied: color."],
  [{ psk: null }, "Invalid input for psk. Reason: 'None' is not a valid string."],
  [{ status: "ACTIVE" }, "Attribute 'status' not allowed in POST"],
  [{ availability_zone: "z" }, "Unrecognized attribute(s) 'availability_zone'"],
  [
    { project_id: "x" },
    "Specifying 'project_id' other than the authenticated project in request is not allowed for the current user.",
  ],
])("the simulator answers %j with the message: %s", async (attributes, message) => {
  const reply = await client.connect({ ...body, ...cidrs, ...attributes });

  expect(reply.body.NeutronError).toMatchObject({ type: "HTTPBadRequest", message });
});

it.each(["vpnservice_id", "ikepolicy_id", "status", "id"])(
  "the simulator refuses a PUT of the read-only %s",
  async (name) => {
    const { body: refusal } = await client.change(await settled(), { [name]: "x" });

    expect(refusal.NeutronError.message).toBe(`Cannot update read-only attribute ${name}`);
  },
);

it("the simulator answers an unknown vpnservice_id with an internal error, as Neutron does", async () => {
  const vpnservice_id = "11111111-2222-4333-8444-555555555555";

  expect((await client.connect({ ...body, ...cidrs, vpnservice_id })).status).toBe(500);
});

it("the simulator accepts an mtu of 0 and host bits in a CIDR", async () => {
  const reply = await client.connect({ ...body, peer_cidrs: ["10.0.0.5/24"], mtu: 0 });

  expect(reply.body.ipsec_site_connection).toMatchObject({ mtu: 0, peer_cidrs: ["10.0.0.5/24"] });
});
