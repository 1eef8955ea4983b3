import { reportOf } from "../../../provider/drift/buildReport";
import type { HeldResource, StackState } from "../../../provider/drift/stackState";
import { takeInventory } from "../../../provider/drift/inventory";
import type { Values } from "../../../provider/schema/resourceType";
import { OTHER_ID, SERVICE_ID } from "../support/builders";
import { aWire, SUBNET_ID } from "../support/kinds";
import { aHeld, aPlace, aStack, cloudsAt, ENDPOINT, surveyed } from "../support/givenInventory";

const service = aWire("VpnService", { id: SERVICE_ID, name: "here" });
const [here, there] = ["here-id", "there-id"].map((id, i) =>
  aWire("EndpointGroup", { id, endpoints: [`10.${i}.0.0/24`] }),
);
const groups = { local_ep_group_id: "here-id", peer_ep_group_id: "there-id", peer_cidrs: [] };
const aHeldService = (changes: Parameters<typeof aHeld>[1] = {}) =>
  aHeld("VpnService", { id: SERVICE_ID, ...changes });
const aHeldGroup = (id: string, changes: Parameters<typeof aHeld>[1] = {}) =>
  aHeld("EndpointGroup", { id, ...changes });

/**
 * The tunnel of a cloud with a service, two groups and one connection, with those resources in a
 * stack.
 */
async function tunnelOf(held: readonly HeldResource[], wire: Values = {}) {
  const content = {
    VpnService: [service],
    EndpointGroup: [here!, there!],
    IpsecSiteConnection: [aWire("IpsecSiteConnection", wire)],
  };
  const { tunnels } = reportOf(await surveyed(aPlace(content), aStack(held)));
  expect(tunnels).toHaveLength(1);
  return tunnels[0]!;
}

describe("a tunnel", () => {
  const connection = aHeld("IpsecSiteConnection", { name: "osaka" });

  it("has both ends and its logical name", async () => {
    expect(await tunnelOf([connection, aHeldService()])).toEqual({
      id: connection.id,
      name: "osaka",
      status: "DOWN",
      adminStateUp: true,
      verdict: "inStep",
      endpoint: ENDPOINT,
      serviceId: SERVICE_ID,
      serviceName: "here",
      localAddress: "198.51.100.4",
      localSubnets: [SUBNET_ID],
      peerAddress: "203.0.113.7",
      peerCidrs: ["10.2.0.0/24"],
    });
  });

  it("has only the service's id at its local end if no stack records a service", async () => {
    const { serviceId, localSubnets, ...rest } = await tunnelOf([connection]);
    expect([serviceId, localSubnets]).toEqual([SERVICE_ID, []]);
    expect(rest).not.toHaveProperty("serviceName");
    expect(rest).not.toHaveProperty("localAddress");
  });

  it("has the networks of its endpoint groups", async () => {
    const held = [connection, aHeldGroup("here-id")];
    expect(await tunnelOf(held, groups)).toMatchObject({
      localSubnets: ["10.0.0.0/24"],
      peerCidrs: ["10.1.0.0/24"],
    });
  });

  it("shows whether it is disabled", async () => {
    expect(await tunnelOf([connection], { admin_state_up: false })).toMatchObject({
      adminStateUp: false,
      verdict: "drifted",
    });
  });

  it("has the name of the cloud and the verdict unmanaged if no stack records it", async () => {
    expect(await tunnelOf([aHeldService()], { name: "by hand", id: OTHER_ID })).toMatchObject({
      id: OTHER_ID,
      name: "by hand",
      verdict: "unmanaged",
    });
  });

  it("counts as managed if a stack records it without comparing it", async () => {
    const passed = aHeld("IpsecSiteConnection", { isCompared: false });
    expect(await tunnelOf([passed])).toMatchObject({ name: "office", verdict: "notCompared" });
  });

  it("is disabled if its service is disabled", async () => {
    const content = {
      VpnService: [{ ...service, admin_state_up: false }],
      IpsecSiteConnection: [aWire("IpsecSiteConnection")],
    };
    const { tunnels } = reportOf(await surveyed(aPlace(content), aStack([aHeldService()])));
    expect(tunnels).toMatchObject([{ adminStateUp: false }]);
  });

  it("has the status UNKNOWN if the cloud shows none", async () => {
    expect((await tunnelOf([connection], { status: undefined })).status).toBe("UNKNOWN");
  });

  it("has the IPv6 address of a service without an IPv4 address", async () => {
    const content = {
      VpnService: [{ ...service, external_v4_ip: null, external_v6_ip: "2001:db8::4" }],
      IpsecSiteConnection: [aWire("IpsecSiteConnection")],
    };
    const { tunnels } = reportOf(await surveyed(aPlace(content), aStack([aHeldService()])));
    expect(tunnels[0]?.localAddress).toBe("2001:db8::4");
  });
});

describe("a tunnel does not show the secret", () => {
  const secret = (...names: string[]) => ({ secret: new Set(names) });

  it("address and networks of its peer", async () => {
    const tunnel = await tunnelOf([
      aHeld("IpsecSiteConnection", secret("peerAddress", "peerCidrs")),
    ]);
    expect(tunnel).not.toHaveProperty("peerAddress");
    expect(tunnel.peerCidrs).toEqual([]);
  });

  it("endpoints of a group", async () => {
    const held = [aHeldGroup("here-id", secret("endpoints")), aHeldGroup("there-id")];
    expect(await tunnelOf(held, groups)).toMatchObject({
      localSubnets: [],
      peerCidrs: ["10.1.0.0/24"],
    });
  });

  it("name in the cloud if its connection is not compared", async () => {
    const held = aHeld("IpsecSiteConnection", { isCompared: false, ...secret("name") });
    expect((await tunnelOf([held], { name: "canary" })).name).toBe("");
  });

  it("name, address and subnet of its service", async () => {
    const held = aHeldService(secret("name", "externalV4Ip", "subnetId"));
    const tunnel = await tunnelOf([held]);
    expect(tunnel).not.toHaveProperty("serviceName");
    expect(tunnel).not.toHaveProperty("localAddress");
    expect(tunnel.localSubnets).toEqual([]);
  });

  it("name and networks that another stack's login can read if the own login fails", async () => {
    const place = aPlace({
      IpsecSiteConnection: [aWire("IpsecSiteConnection", { name: "canary" })],
    });
    const stacks: StackState[] = [
      aStack([aHeld("IpsecSiteConnection", secret("name", "peerAddress", "peerCidrs"))]),
      aStack([aHeld("IkePolicy")], { name: "prod" }),
    ];
    const { clouds } = cloudsAt(({ name }) => (name === "dev" ? "no login" : place));
    const { tunnels } = reportOf(await takeInventory(clouds, stacks));
    expect(tunnels[0]).toMatchObject({ name: "office", verdict: "notRead", peerCidrs: [] });
    expect(tunnels[0]).not.toHaveProperty("peerAddress");
  });
});
