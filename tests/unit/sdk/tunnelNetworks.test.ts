import * as pulumi from "@pulumi/pulumi";

import * as sdk from "../../../sdk";
import { called, registered, useEngine, valueOf } from "../support/givenEngine";

const ROUTER = "8604a0de-7f6b-409a-a47c-a1cc7bc77b2e";
const SUBNET = "14067794-975d-461e-b502-dd40c0383d26";
const EAST: sdk.TunnelEndArgs = { cloud: "east", routerId: ROUTER, subnetId: SUBNET };
const WEST: sdk.TunnelEndArgs = { cloud: "west", routerId: ROUTER, subnetIds: [SUBNET, ROUTER] };
const DEVICE: sdk.TunnelArgs = {
  routerId: ROUTER,
  subnetId: SUBNET,
  peer: { address: "203.0.113.7", networks: ["10.2.0.0/24"] },
};
const SUBNETS = "vpnaas:index:getSubnetNetworks";
const PEER = "vpnaas:index:getPeerConfiguration";

beforeEach(() =>
  useEngine({ results: { [SUBNETS]: { networks: ["10.7.0.0/24"] }, [PEER]: { text: "canary" } } }),
);

/** The networks that each connection has for its peer, and the calls of a function. */
async function networksOf({ status, peerStatus }: sdk.Tunnel): Promise<unknown[]> {
  await valueOf(pulumi.all([status, peerStatus]));
  const connections = registered.filter(({ type }) => type.endsWith("IpsecSiteConnection"));
  return connections.map(({ inputs }) => (inputs as { peerCidrs?: unknown }).peerCidrs);
}
const callsOf = (wanted: string) =>
  called.filter(({ token }) => token === wanted).map(({ inputs }) => inputs as object);

it("reads the networks of both ends from their clouds if the program does not give them", async () => {
  const tunnel = new sdk.Tunnel("link", { ...EAST, peer: { ...EAST, cloud: "west" } });
  expect(await networksOf(tunnel)).toEqual([["10.7.0.0/24"], ["10.7.0.0/24"]]);
  expect(callsOf(SUBNETS)).toEqual([
    { subnetIds: [SUBNET], cloud: "east" },
    { subnetIds: [SUBNET], cloud: "west" },
  ]);
});

it("reads each of several subnets", async () => {
  await networksOf(new sdk.Tunnel("link", { ...EAST, peer: WEST }));
  expect(callsOf(SUBNETS)).toContainEqual({ subnetIds: [SUBNET, ROUTER], cloud: "west" });
});

it("reads no subnet of an end with given networks, nor with a device", async () => {
  const networks = ["10.1.0.0/24"];
  const link = new sdk.Tunnel("link", { ...EAST, networks, peer: { ...WEST, networks } });
  await networksOf(link);
  await networksOf(new sdk.Tunnel("office", DEVICE));
  expect(callsOf(SUBNETS)).toEqual([]);
});

it("reads the subnet of an existing VPN service", async () => {
  const service = { cloud: "west", vpnServiceId: "a-service" };
  const results = {
    [SUBNETS]: { networks: ["10.7.0.0/24"] },
    "vpnaas:index:getVpnService": { subnetId: "of-the-service", externalV4Ip: "203.0.113.4" },
  };
  await useEngine({ results });
  await networksOf(new sdk.Tunnel("link", { ...EAST, peer: service }));
  expect(callsOf(SUBNETS)).toContainEqual({ subnetIds: ["of-the-service"], cloud: "west" });
});

it.each([
  ["203.0.113.7", "203.0.113.4"],
  ["2001:db8::7", "2001:db8::4"],
])("has the address of the IP version of a device at %s", async (address, own) => {
  const service = { externalV4Ip: "203.0.113.4", externalV6Ip: "2001:db8::4" };
  await useEngine({ results: { "vpnaas:index:getVpnService": service } });
  const peer = { address, networks: ["2001:db8:2::/64"] };
  const tunnel = new sdk.Tunnel("office", { vpnServiceId: "a-service", peer });
  expect(await valueOf(tunnel.address)).toBe(own);
});

it("peerConfiguration: the text is a secret, with the key of the tunnel", async () => {
  const tunnel = new sdk.Tunnel("office", {
    ...DEVICE,
    psk: "canary-psk",
    networks: ["10.1.0.0/24"],
  });
  const text = tunnel.peerConfiguration("swanctl");
  expect(await valueOf(text)).toBe("canary");
  expect(await pulumi.isSecret(text)).toBe(true);
  expect(callsOf(PEER)).toEqual([
    {
      connectionId: "office-id",
      format: "swanctl",
      psk: "canary-psk",
      networks: ["10.1.0.0/24"],
    },
  ]);
});

it("peerConfiguration: arguments replace the facts of the tunnel", async () => {
  const tunnel = new sdk.Tunnel("office", {
    ...DEVICE,
    cloud: "east",
    gatewayAddress: "192.0.2.8",
  });
  await valueOf(
    tunnel.peerConfiguration("fortios", {
      psk: "canary-next",
      peerAddress: "any",
      peerInterface: "port1",
    }),
  );
  expect(callsOf(PEER)).toEqual([
    {
      connectionId: "office-id",
      format: "fortios",
      cloud: "east",
      cloudAddress: "192.0.2.8",
      psk: "canary-next",
      peerAddress: "any",
      peerInterface: "port1",
    },
  ]);
});
