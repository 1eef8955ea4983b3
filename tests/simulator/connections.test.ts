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

it("answers a POST with every attribute, the psk in clear", async () => {
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

it("turns a connection ACTIVE after its pending time", async () => {
  expect(await client.statusAfter(await connected(), "PENDING_CREATE")).toBe("ACTIVE");
});

it("leaves a service alone PENDING_CREATE and activates it with its first connection", async () => {
  const path = `vpn/vpnservices/${body.vpnservice_id}`;
  await new Promise((resolve) => setTimeout(resolve, 40));
  const alone = await client.get(path);
  await settled();
  const used = await client.get(path);

  expect(alone.body.vpnservice.status).toBe("PENDING_CREATE");
  expect(used.body.vpnservice.status).toBe("ACTIVE");
});

it("refuses a PUT while the connection is pending", async () => {
  const id = await connected({ name: "[stuck]" });
  const { status, body: refusal } = await client.change(id, { name: "x" });

  expect(status).toBe(400);
  expect(refusal.NeutronError).toEqual({
    type: "VPNStateInvalidToUpdate",
    message: `Invalid state PENDING_CREATE of vpnaas resource ${id} for updating`,
    detail: "",
  });
});

it("tells a bad body its own error even while the connection is pending", async () => {
  const id = await connected({ name: "[stuck]" });

  expect((await client.change(id, { mtu: 10 })).type).toBe("IPsecSiteConnectionMtuError");
});

it("deletes a connection that is pending, and then knows it no more", async () => {
  const path = `vpn/ipsec-site-connections/${await connected({ name: "[stuck]" })}`;

  expect((await client.delete(path)).status).toBe(204);
  expect((await client.get(path)).type).toBe("IPsecSiteConnectionNotFound");
  expect((await client.delete(path)).status).toBe(404);
});

it("keeps the old status right after a PUT, until the next report", async () => {
  const id = await settled();
  const { body: changed } = await client.change(id, { admin_state_up: false });

  expect(changed.ipsec_site_connection.status).toBe("ACTIVE");
  expect(await client.statusAfter(id, "ACTIVE")).toBe("DOWN");
});

it("turns a connection to PENDING_UPDATE on a PUT if asked to", async () => {
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
])("obeys %s in the description of a connection", async (description, status) => {
  expect(await client.statusAfter(await connected({ description }), "PENDING_CREATE")).toBe(status);
});

it("gives a connection its own pending time", async () => {
  const id = await connected({ name: "[pending 0.15s]" });
  await new Promise((resolve) => setTimeout(resolve, 60));

  expect((await client.change(id, {})).type).toBe("VPNStateInvalidToUpdate");
  expect(await client.statusAfter(id, "PENDING_CREATE")).toBe("ACTIVE");
});

it("obeys [pending-update] for that one connection", async () => {
  const id = await settled({ name: "[pending-update]" });
  const { body: changed } = await client.change(id, {});

  expect(changed.ipsec_site_connection.status).toBe("PENDING_UPDATE");
});

it("takes all connections of a service down with it", async () => {
  const id = await settled();
  await client.put(`vpn/vpnservices/${body.vpnservice_id}`, {
    vpnservice: { admin_state_up: false },
  });

  expect(await client.statusAfter(id, "ACTIVE")).toBe("DOWN");
});

it("merges what a PUT leaves out of dpd", async () => {
  const id = await settled({ dpd: { action: "restart", interval: 20, timeout: 90 } });
  const { body: changed } = await client.change(id, { dpd: { interval: 25 } });

  expect(changed.ipsec_site_connection.dpd).toEqual({
    action: "restart",
    interval: 25,
    timeout: 90,
  });
});

it("returns several CIDRs in an order of its own", async () => {
  const sent = ["10.1.0.0/24", "10.2.0.0/24"];
  const { body: made } = await client.connect({ ...body, peer_cidrs: sent });

  expect(made.ipsec_site_connection.peer_cidrs).toEqual(["10.2.0.0/24", "10.1.0.0/24"]);
});

it("replaces a host name by its address", async () => {
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
])("refuses %j with %s", async (attributes, type) => {
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
])("says of %j: %s", async (attributes, message) => {
  const reply = await client.connect({ ...body, ...cidrs, ...attributes });

  expect(reply.body.NeutronError).toMatchObject({ type: "HTTPBadRequest", message });
});

it.each(["vpnservice_id", "ikepolicy_id", "status", "id"])(
  "refuses a PUT of the read-only %s",
  async (name) => {
    const { body: refusal } = await client.change(await settled(), { [name]: "x" });

    expect(refusal.NeutronError.message).toBe(`Cannot update read-only attribute ${name}`);
  },
);

it("fails without grace on an unknown vpnservice_id, as the real one does", async () => {
  const vpnservice_id = "11111111-2222-4333-8444-555555555555";

  expect((await client.connect({ ...body, ...cidrs, vpnservice_id })).status).toBe(500);
});

it("takes an mtu of 0 and host bits in a CIDR", async () => {
  const reply = await client.connect({ ...body, peer_cidrs: ["10.0.0.5/24"], mtu: 0 });

  expect(reply.body.ipsec_site_connection).toMatchObject({ mtu: 0, peer_cidrs: ["10.0.0.5/24"] });
});
