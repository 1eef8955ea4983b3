import type { Simulator } from "../../simulator";
import { Client, start, stopAll } from "./client";

let simulator: Simulator;
let client: Client;

beforeEach(async () => {
  simulator = await start();
  client = await Client.login(simulator);
});
afterEach(stopAll);

const group = async (type: string, ...endpoints: string[]): Promise<string> => {
  const { body } = await client.post("vpn/endpoint-groups", {
    endpoint_group: { type, endpoints },
  });
  return String(body.endpoint_group.id);
};

it.each(["ikepolicies", "ipsecpolicies"])(
  "the simulator refuses to change or delete %s in use",
  async (path) => {
    const body = await client.prepare();
    await client.connect({ ...body, peer_cidrs: ["192.168.1.0/24"] });
    const kind = path === "ikepolicies" ? "ikepolicy" : "ipsecpolicy";
    const url = `vpn/${path}/${body[`${kind}_id`]}`;

    expect((await client.put(url, { [kind]: { name: "x" } })).status).toBe(409);
    expect((await client.delete(url)).status).toBe(409);
  },
);

it("the simulator refuses to delete a service in use", async () => {
  const body = await client.prepare();
  await client.connect({ ...body, peer_cidrs: ["192.168.1.0/24"] });

  expect((await client.delete(`vpn/vpnservices/${body.vpnservice_id}`)).type).toBe(
    "VPNServiceInUse",
  );
});

it("the simulator keeps the member of a lifetime that a PUT leaves out", async () => {
  const { ikepolicy_id } = await client.prepare();
  const { body } = await client.put(`vpn/ikepolicies/${ikepolicy_id}`, {
    ikepolicy: { lifetime: { value: 9000 } },
  });

  expect(body.ikepolicy.lifetime).toEqual({ units: "seconds", value: 9000 });
});

it("the simulator refuses a lifetime of less than a minute", async () => {
  const reply = await client.post("vpn/ikepolicies", { ikepolicy: { lifetime: { value: 59 } } });

  expect(reply.body.NeutronError.message).toBe(
    "Invalid input for lifetime. Reason: '59' is too small - must be at least '60'.",
  );
});

describe("a connection of a service without a subnet", () => {
  let body: Awaited<ReturnType<Client["prepare"]>>;
  let local: string;
  let peer: string;

  beforeEach(async () => {
    body = await client.prepare({});
    local = await group("subnet", simulator.fixture.subnetId, simulator.fixture.secondSubnetId);
    peer = await group("cidr", "192.168.1.0/24", "192.168.2.0/24");
  });

  const connect = (attributes: object) => client.connect({ ...body, ...attributes });

  it("accepts two groups", async () => {
    const reply = await connect({ local_ep_group_id: local, peer_ep_group_id: peer });

    expect(reply.body.ipsec_site_connection).toMatchObject({
      peer_cidrs: [],
      peer_ep_group_id: peer,
    });
  });

  it("refuses CIDRs", async () => {
    const reply = await connect({ peer_cidrs: ["192.168.1.0/24"] });

    expect(reply.type).toBe("PeerCidrsInvalid");
  });

  it("names the missing group", async () => {
    const reply = await connect({ local_ep_group_id: local });

    expect(reply.body.NeutronError).toMatchObject({
      type: "MissingRequiredEndpointGroup",
      message: "Missing endpoint group peer for IPSec site-to-site connection",
    });
  });

  it("refuses two groups that are swapped", async () => {
    const reply = await connect({ local_ep_group_id: peer, peer_ep_group_id: local });

    expect(reply.type).toBe("WrongEndpointGroupType");
  });

  it("answers 400 to the deletion of a group in use", async () => {
    await connect({ local_ep_group_id: local, peer_ep_group_id: peer });

    expect(await client.delete(`vpn/endpoint-groups/${peer}`)).toMatchObject({
      status: 400,
      type: "EndpointGroupInUse",
    });
  });
});

it.each([
  ["cidr", [], "MissingEndpointForEndpointGroup"],
  ["cidr", ["10.0.0.0/99"], "InvalidEndpointInEndpointGroup"],
  ["cidr", ["10.0.0.0/24", "10.0.0.0/24"], "InvalidEndpointInEndpointGroup"],
  ["subnet", ["x"], "InvalidEndpointInEndpointGroup"],
  ["subnet", ["11111111-2222-4333-8444-555555555555"], "NonExistingSubnetInEndpointGroup"],
])("the simulator refuses a group of type %s with %j", async (type, endpoints, fault) => {
  const reply = await client.post("vpn/endpoint-groups", { endpoint_group: { type, endpoints } });

  expect(reply).toMatchObject({ status: 400, type: fault });
});

it("the simulator refuses a service on a router without a gateway", async () => {
  const { body } = await client.get("routers?name=lab-fixture-router-closed");
  const reply = await client.post("vpn/vpnservices", {
    vpnservice: { router_id: body.routers[0].id },
  });

  expect(reply.type).toBe("RouterIsNotExternal");
});
