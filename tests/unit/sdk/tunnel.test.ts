import * as pulumi from "@pulumi/pulumi";

import * as sdk from "../../../sdk";
import { registered, useEngine, valueOf } from "../support/givenEngine";

type Given = Readonly<Record<string, unknown>>;

const ROUTER = "8604a0de-7f6b-409a-a47c-a1cc7bc77b2e";
const SUBNET = "14067794-975d-461e-b502-dd40c0383d26";
const SERVICE = "41bfef97-af4e-4f6b-a5d3-4678859d2485";
const DEVICE: sdk.TunnelDeviceArgs = { address: "203.0.113.7", networks: ["10.2.0.0/24"] };
const ARGS: sdk.TunnelArgs = { routerId: ROUTER, subnetId: SUBNET, peer: DEVICE };
const TWO_ENDS: sdk.TunnelArgs = {
  ...ARGS,
  cloud: "east",
  networks: ["10.1.0.0/24"],
  peer: { cloud: "west", routerId: ROUTER, subnetId: SUBNET, networks: ["10.2.0.0/24"] },
};

beforeEach(() => useEngine());

/** The children of a tunnel, as `Type name`, in any order. */
async function childrenOf(tunnel: sdk.Tunnel): Promise<string[]> {
  await settled(tunnel);
  const children = registered.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/"));
  return children.map(({ type, name }) => `${type.split(":").at(-1)} ${name}`).sort();
}

/** The inputs of one child that have a value. */
async function inputsOf(tunnel: sdk.Tunnel, child: string): Promise<Given> {
  await settled(tunnel);
  const found = registered.find(({ type, name }) => `${type.split(":").at(-1)} ${name}` === child);
  const given = Object.entries(found!.inputs as object);
  return Object.fromEntries(
    given.filter(([name, value]) => value !== undefined && !name.startsWith("__")),
  );
}

async function settled({ status, peerStatus, psk }: sdk.Tunnel): Promise<void> {
  await valueOf(pulumi.all([status, peerStatus, psk]));
}

describe("a Tunnel to a device", () => {
  it("creates a service, two policies, a key, a connection and a wait, all with its name", async () => {
    expect(await childrenOf(new sdk.Tunnel("office", ARGS))).toEqual([
      "ConnectionsReady office",
      "IkePolicy office",
      "IpsecPolicy office",
      "IpsecSiteConnection office",
      "PreSharedKey office",
      "VpnService office",
    ]);
  });

  it("has policies that every kind of device accepts", async () => {
    const tunnel = new sdk.Tunnel("office", ARGS);
    const proposal = { authAlgorithm: "sha256", encryptionAlgorithm: "aes-256", pfs: "group14" };
    expect(await inputsOf(tunnel, "IkePolicy office")).toMatchObject({
      ...proposal,
      ikeVersion: "v2",
      lifetime: { value: 28_800 },
    });
    expect(await inputsOf(tunnel, "IpsecPolicy office")).toMatchObject({
      ...proposal,
      lifetime: { value: 3_600 },
    });
  });

  it("connects to the device under its address, without a wait of its own", async () => {
    const inputs = await inputsOf(new sdk.Tunnel("office", ARGS), "IpsecSiteConnection office");
    expect(inputs).toMatchObject({
      vpnServiceId: "office-id",
      ikePolicyId: "office-id",
      ipsecPolicyId: "office-id",
      peerAddress: "203.0.113.7",
      peerId: "203.0.113.7",
      peerCidrs: ["10.2.0.0/24"],
      dpd: { action: "restart", interval: 30, timeout: 120 },
      waitFor: "accepted",
    });
  });

  it("waits for a settled status, since the device may be configured later", async () => {
    const inputs = await inputsOf(new sdk.Tunnel("office", ARGS), "ConnectionsReady office");
    expect(inputs).toMatchObject({ ids: ["office-id"], waitFor: "settled" });
  });

  it("uses the identity that the device presents", async () => {
    const tunnel = new sdk.Tunnel("office", { ...ARGS, peer: { ...DEVICE, id: "@office" } });
    expect(await inputsOf(tunnel, "IpsecSiteConnection office")).toMatchObject({
      peerAddress: "203.0.113.7",
      peerId: "@office",
    });
  });

  it("changes single values of its policies", async () => {
    const ikePolicy = { pfs: "group19" } as const;
    const tunnel = new sdk.Tunnel("office", { ...ARGS, ikePolicy });
    expect(await inputsOf(tunnel, "IkePolicy office")).toMatchObject({
      pfs: "group19",
      encryptionAlgorithm: "aes-256",
    });
  });

  it("passes the generation to its key", async () => {
    const tunnel = new sdk.Tunnel("office", { ...ARGS, generation: 3 });
    expect(await inputsOf(tunnel, "PreSharedKey office")).toEqual({ generation: 3 });
  });

  it("creates no key if the program sets the psk", async () => {
    const tunnel = new sdk.Tunnel("office", { ...ARGS, psk: "canary" });
    expect(await childrenOf(tunnel)).not.toContain("PreSharedKey office");
    expect(tunnel.nextPsk).toBeUndefined();
  });

  it("has a secret psk, also if the program does not mark it", async () => {
    const tunnel = new sdk.Tunnel("office", { ...ARGS, psk: "canary" });
    await settled(tunnel);
    expect(await pulumi.isSecret(tunnel.psk)).toBe(true);
  });

  it("creates endpoint groups for several subnets, and a service without a subnet", async () => {
    const tunnel = new sdk.Tunnel("office", {
      routerId: ROUTER,
      subnetIds: [SUBNET],
      peer: DEVICE,
    });
    expect(await inputsOf(tunnel, "VpnService office")).not.toHaveProperty("subnetId");
    expect(await inputsOf(tunnel, "EndpointGroup office-local")).toMatchObject({
      type: "subnet",
      endpoints: [SUBNET],
    });
    expect(await inputsOf(tunnel, "IpsecSiteConnection office")).toMatchObject({
      localEpGroupId: "office-local-id",
      peerEpGroupId: "office-peer-id",
    });
  });

  it("uses an existing service and existing policies", async () => {
    const existing = { vpnServiceId: SERVICE, ikePolicyId: ROUTER, ipsecPolicyId: SUBNET };
    const tunnel = new sdk.Tunnel("office", { ...existing, peer: DEVICE });
    expect(await inputsOf(tunnel, "IpsecSiteConnection office")).toMatchObject(existing);
    expect(await childrenOf(tunnel)).toEqual([
      "ConnectionsReady office",
      "IpsecSiteConnection office",
      "PreSharedKey office",
    ]);
  });
});

describe("a Tunnel between two clouds", () => {
  it("creates both ends, the opposite one with the suffix -peer, and one key", async () => {
    expect(await childrenOf(new sdk.Tunnel("link", TWO_ENDS))).toEqual([
      "ConnectionsReady link",
      "ConnectionsReady link-peer",
      "IkePolicy link",
      "IkePolicy link-peer",
      "IpsecPolicy link",
      "IpsecPolicy link-peer",
      "IpsecSiteConnection link",
      "IpsecSiteConnection link-peer",
      "PreSharedKey link",
      "VpnService link",
      "VpnService link-peer",
    ]);
  });

  it("locates every object of an end in the cloud of that end", async () => {
    await settled(new sdk.Tunnel("link", TWO_ENDS));
    const clouds = registered.flatMap(({ name, inputs }) => {
      const { cloud } = inputs as { cloud?: string };
      return cloud === undefined ? [] : [`${name} ${cloud}`];
    });
    expect([...new Set(clouds)].sort()).toEqual(["link east", "link-peer west"]);
  });

  it("gives each connection the networks of the opposite end", async () => {
    const tunnel = new sdk.Tunnel("link", TWO_ENDS);
    const [here, there] = [
      await inputsOf(tunnel, "IpsecSiteConnection link"),
      await inputsOf(tunnel, "IpsecSiteConnection link-peer"),
    ];
    expect(here["peerCidrs"]).toEqual(["10.2.0.0/24"]);
    expect(there["peerCidrs"]).toEqual(["10.1.0.0/24"]);
  });

  it("gives each connection the gateway address of the opposite end", async () => {
    const peer = { ...TWO_ENDS.peer, gatewayAddress: "203.0.113.9" };
    const args = { ...TWO_ENDS, gatewayAddress: "203.0.113.8", peer };
    const tunnel = new sdk.Tunnel("link", args);
    expect(await inputsOf(tunnel, "IpsecSiteConnection link")).toMatchObject({
      peerAddress: "203.0.113.9",
      peerId: "203.0.113.9",
    });
    expect(await inputsOf(tunnel, "IpsecSiteConnection link-peer")).toMatchObject({
      peerAddress: "203.0.113.8",
      peerId: "203.0.113.8",
    });
  });

  it("waits until both connections are ACTIVE", async () => {
    const tunnel = new sdk.Tunnel("link", TWO_ENDS);
    expect([
      await inputsOf(tunnel, "ConnectionsReady link"),
      await inputsOf(tunnel, "ConnectionsReady link-peer"),
    ]).toMatchObject([
      { cloud: "east", ids: ["link-id"], waitFor: "active" },
      { cloud: "west", ids: ["link-peer-id"], waitFor: "active" },
    ]);
  });
});

it.each<[string, Partial<sdk.TunnelArgs>, string]>([
  ["no peer", { peer: undefined as never }, "peer is required"],
  [
    "a device without an address",
    { peer: { ...DEVICE, address: undefined as never } },
    "peer.address is required",
  ],
  [
    "a device without networks",
    { peer: { ...DEVICE, networks: undefined as never } },
    "peer.networks is required",
  ],
  [
    "a device with an empty list of networks",
    { peer: { ...DEVICE, networks: [] } },
    "peer.networks is required",
  ],
  [
    "a peer that is both",
    { peer: { ...DEVICE, routerId: ROUTER } },
    "peer.address belongs to a device",
  ],
  ["neither a router nor a service", { routerId: undefined as never }, "set either routerId"],
  ["a router and a service", { vpnServiceId: SERVICE }, "set either routerId"],
  ["subnetId and subnetIds", { subnetIds: [SUBNET] }, "set either subnetId"],
  ["a router without a subnet", { subnetId: undefined as never }, "subnetId is required"],
  [
    "a new and an existing IKE policy",
    { ikePolicy: {}, ikePolicyId: SERVICE },
    "set either ikePolicy",
  ],
  [
    "a new and an existing IPsec policy",
    { ipsecPolicy: {}, ipsecPolicyId: SERVICE },
    "set either ipsecPolicy",
  ],
  ["a psk and a generation", { psk: "canary", generation: 2 }, "generation counts generated keys"],
  [
    "an opposite end with both subnets",
    { ...TWO_ENDS, peer: { ...TWO_ENDS.peer, subnetIds: [SUBNET] } },
    "set either peer.subnetId",
  ],
  [
    "an existing policy for two clouds",
    { ...TWO_ENDS, ikePolicyId: SERVICE },
    "an existing policy belongs to one cloud",
  ],
])("a Tunnel with %s is refused by the name of the argument", (_, args, reason) => {
  const problem = () => new sdk.Tunnel("office", { ...ARGS, ...args });
  expect(problem).toThrow(pulumi.RunError);
  expect(problem).toThrow(`Tunnel office: ${reason}`);
});
