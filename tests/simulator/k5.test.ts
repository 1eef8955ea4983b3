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

it("a simulated K5 answers with tenant_id and availability_zone, and without attributes that K5 lacks", async () => {
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

it("a simulated K5 names its network endpoint `networking`, beside one that must not be used", async () => {
  const login = passwordLogin("lab-user", "lab-user-pass", "lab");
  const reply = await send("POST", `${simulator.identityUrl}/auth/tokens`, login);
  const endpoints = networkEndpoints(reply.body).map(({ name, url }) => [name, url] as const);

  expect(Object.fromEntries(endpoints)).toEqual({
    networking: simulator.endpoint,
    "networking-ex": `${simulator.endpoint}-ex`,
  });
  expect((await send("GET", `${simulator.endpoint}-ex/v2.0/vpn/vpnservices`)).status).toBe(404);
});

it("a simulated K5 refuses a PUT while pending with Neutron's message but no type", async () => {
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
  { peer_cidrs: ["192.168.1.5/24"] },
  { peer_id: "10.2.0.0/24" },
  { peer_id: "C=DE, O=Acme, CN=gw" },
])("a simulated K5 refuses %j", async (attributes) => {
  expect((await client.connect({ ...body, ...cidrs, ...attributes })).status).toBe(400);
});

it("a simulated K5 accepts mtu in a POST but not in a PUT", async () => {
  const { status, body: made } = await client.connect({ ...body, ...cidrs, mtu: 1400 });

  const id: string = made.ipsec_site_connection.id;
  await client.statusAfter(id, "PENDING_CREATE");

  expect(status).toBe(201);
  expect((await client.change(id, { mtu: 1300 })).status).toBe(400);
});

it("a simulated K5 requires a subnet for a VPN service", async () => {
  const vpnservice = { router_id: simulator.fixture.routerId };

  expect((await client.post("vpn/vpnservices", { vpnservice })).status).toBe(400);
});

it("a simulated K5 accepts one VPN service per router, and the next one after its deletion", async () => {
  const { secondRouterId, thirdSubnetId } = simulator.fixture;
  const vpnservice = { router_id: secondRouterId, subnet_id: thirdSubnetId };
  const make = () => client.post("vpn/vpnservices", { vpnservice });
  const first = await make();
  const second = await make();
  await client.delete(`vpn/vpnservices/${first.body.vpnservice.id}`);

  expect([first.status, second.status, (await make()).status]).toEqual([201, 400, 201]);
  expect(second.body.message).toContain(`Router ${secondRouterId} has a VPN service already`);
});

it.each([
  ["ikepolicy", { auth_algorithm: "aes-cmac" }],
  ["ikepolicy", { encryption_algorithm: "aes-256-gcm-16" }],
  ["ikepolicy", { pfs: "group15" }],
  ["ikepolicy", { phase1_negotiation_mode: "aggressive" }],
  ["ipsecpolicy", { encryption_algorithm: "aes-256-ctr" }],
  ["ipsecpolicy", { pfs: "group31" }],
])(
  "a simulated K5 refuses an %s with %j, which K5's version of Neutron does not know",
  async (kind, changes) => {
    const path = kind === "ikepolicy" ? "vpn/ikepolicies" : "vpn/ipsecpolicies";
    expect((await client.post(path, { [kind]: { name: "x", ...changes } })).status).toBe(400);
  },
);

it("a simulated K5 accepts several VPN services per router if the option is set", async () => {
  const many = await start({ dialect: "k5", servicesPerRouter: 2 });
  const other = await Client.login(many);
  const { routerId, subnetId } = many.fixture;
  const vpnservice = { router_id: routerId, subnet_id: subnetId };
  const statuses: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    statuses.push((await other.post("vpn/vpnservices", { vpnservice })).status);
  }

  expect(statuses).toEqual([201, 201, 400]);
});

it("a simulated K5 has no endpoint groups", async () => {
  expect((await client.get("vpn/endpoint-groups")).status).toBe(404);
});

it("a simulated K5 lacks the details of quotas, and limits none of its VPN objects", async () => {
  const { projectId } = simulator.fixture;
  const { quota } = (await client.get(`quotas/${projectId}`)).body;

  expect((await client.get(`quotas/${projectId}/details`)).status).toBe(404);
  expect(quota).toMatchObject({ vpnservice: -1, ipsec_site_connection: -1 });
  expect(quota).not.toHaveProperty("endpoint_group");
});

it("a simulated K5 shows the port of a router in each attached subnet", async () => {
  const { routerId, subnetId, secondSubnetId } = simulator.fixture;
  const { body: listed } = await client.get(`ports?device_id=${routerId}`);
  const ports: { fixed_ips: { subnet_id: string }[] }[] = listed.ports;
  const subnets = ports.flatMap(({ fixed_ips }) => fixed_ips.map(({ subnet_id }) => subnet_id));

  expect(subnets).toEqual([subnetId, secondSubnetId]);
});
