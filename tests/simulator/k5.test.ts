import type { Simulator } from "../../simulator";
import { Client, networkEndpoints, passwordLogin, send, start, stopAll } from "./client";

const cidrs = { peer_cidrs: ["192.168.1.0/24"] };
let simulator: Simulator;
let client: Client;
let body: Awaited<ReturnType<Client["prepare"]>>;

beforeEach(async () => {
  simulator = await start({ dialect: "k5" });
  client = await Client.login(simulator);
  body = await client.prepare();
});
afterEach(stopAll);

it("answers with tenant_id and availability_zone, and without what K5 does not have", async () => {
  const { body: made } = await client.connect({ ...body, ...cidrs });

  expect(made.ipsec_site_connection).toMatchObject({
    tenant_id: simulator.fixture.projectId,
    availability_zone: "jp-east-1a",
    mtu: 1500,
  });
  for (const absent of ["project_id", "local_id", "local_ep_group_id", "peer_ep_group_id"]) {
    expect(made.ipsec_site_connection).not.toHaveProperty(absent);
  }
});

it("names the network endpoint `networking` beside one that must not be used", async () => {
  const login = passwordLogin("lab-user", "lab-user-pass", "lab");
  const reply = await send("POST", `${simulator.identityUrl}/auth/tokens`, login);
  const endpoints = networkEndpoints(reply.body).map(({ name, url }) => [name, url] as const);

  expect(Object.fromEntries(endpoints)).toEqual({
    networking: simulator.endpoint,
    "networking-ex": `${simulator.endpoint}-ex`,
  });
  expect((await send("GET", `${simulator.endpoint}-ex/v2.0/vpn/vpnservices`)).status).toBe(404);
});

it("refuses a PUT while pending with the same words but no type", async () => {
  const { body: made } = await client.connect({ ...body, ...cidrs, name: "[stuck]" });
  const id: string = made.ipsec_site_connection.id;
  const reply = await client.change(id, { name: "x" });

  expect(reply.status).toBe(400);
  expect(reply.body.message).toContain("Invalid state PENDING_CREATE");
  expect(reply.body).not.toHaveProperty("NeutronError");
});

it.each([
  { peer_cidrs: ["192.168.1.0/24", "192.168.2.0/24"] },
  { peer_cidrs: [] },
  { dpd: { action: "clear" } },
  { peer_address: "localhost" },
  { peer_address: "2001:db8::1" },
  { local_id: "x" },
])("refuses %j", async (attributes) => {
  expect((await client.connect({ ...body, ...cidrs, ...attributes })).status).toBe(400);
});

it("takes mtu in a POST but not in a PUT", async () => {
  const { status, body: made } = await client.connect({ ...body, ...cidrs, mtu: 1400 });

  const id: string = made.ipsec_site_connection.id;
  await client.statusAfter(id, "PENDING_CREATE");

  expect(status).toBe(201);
  expect((await client.change(id, { mtu: 1300 })).status).toBe(400);
});

it("wants a subnet for a VPN service", async () => {
  const vpnservice = { router_id: simulator.fixture.routerId };

  expect((await client.post("vpn/vpnservices", { vpnservice })).status).toBe(400);
});

it("has no endpoint groups", async () => {
  expect((await client.get("vpn/endpoint-groups")).status).toBe(404);
});
