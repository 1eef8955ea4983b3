import {
  localOverlap,
  ownAddress,
  samePeer,
  sharedRouter,
  type LocalEnd,
  type TunnelPeer,
} from "../../../../../provider/lifecycle/preflight/rules/collisions";

const OWN = { displayName: "IpsecSiteConnection new", id: undefined };
const connection = (changes: Partial<TunnelPeer> = {}): TunnelPeer => ({
  ...OWN,
  vpnServiceId: "s1",
  peerAddress: "198.51.100.7",
  networksFrom: "peerCidrs",
  networks: ["10.2.0.0/24"],
  ...changes,
});
const existing = (changes: Partial<TunnelPeer> = {}): TunnelPeer =>
  connection({ displayName: "IpsecSiteConnection old (c1)", id: "c1", ...changes });
const local: LocalEnd = {
  displayName: "VpnService office (s1)",
  id: "s1",
  addresses: ["203.0.113.10", "2001:db8:ffff::10"],
  subnets: [{ displayName: "subnet lan (n1)", cidr: "10.10.0.0/24" }],
};

describe("a second VPN service on a router", () => {
  const service = { displayName: "VpnService new", id: undefined, routerId: "r1" };
  const first = { displayName: "VpnService office (s1)", id: "s1", routerId: "r1" };

  it("is a warning that names the router and the first service", () => {
    expect(sharedRouter(service, [first], "neutron")).toEqual([
      {
        severity: "warning",
        cause: "shared router r1",
        path: "routerId",
        reason:
          "router r1 has VpnService office (s1) already, and a VPN agent serves only one VPN service of a router, although Neutron accepts more.",
      },
    ]);
  });

  it("is refused by K5, according to its warning", () => {
    expect(sharedRouter(service, [first], "k5")[0]!.reason).toMatch(
      /K5 accepts one VPN service for each router\.$/,
    );
  });

  it.each([
    ["another router", service, { ...first, routerId: "r2" }],
    ["the service itself", first, { ...first }],
    ["an unknown router", { ...service, routerId: undefined }, { ...first, routerId: undefined }],
  ])("is not found for %s", (_what, one, other) => {
    expect(sharedRouter(one, [other], "neutron")).toEqual([]);
  });

  it("is reported once for several services", () => {
    expect(sharedRouter(service, [first, { ...first, id: "s2" }], "neutron")).toHaveLength(1);
  });
});

describe("connections of one VPN service with the same peer", () => {
  it("collide if their networks overlap", () => {
    const [finding] = samePeer(connection(), [existing({ networks: ["10.2.0.0/16"] })]);

    expect(finding).toMatchObject({ severity: "warning", path: "peerCidrs" });
    expect(finding!.reason).toBe(
      "10.2.0.0/24 overlaps 10.2.0.0/16 of IpsecSiteConnection old (c1), which has the same VPN service and the same peer 198.51.100.7: only one of the tunnels can carry that traffic.",
    );
  });

  it("have one cause, whichever of them is checked", () => {
    const [one, other] = [connection({ id: "c2" }), existing()];

    expect(samePeer(one, [other])[0]!.cause).toBe(samePeer(other, [one])[0]!.cause);
  });

  it("are reported once for several with the same networks", () => {
    const others = [existing(), existing({ id: "c2" }), existing({ id: "c3" })];

    expect(samePeer(connection(), others)).toHaveLength(1);
  });

  it("collide if the peer's address has two notations", () => {
    const one = connection({ peerAddress: "2001:db8::1" });

    expect(samePeer(one, [existing({ peerAddress: "2001:DB8:0::1" })])).toHaveLength(1);
  });

  it.each([
    ["the networks are apart", { networks: ["10.3.0.0/24"] }],
    ["the peers differ", { peerAddress: "198.51.100.8" }],
    ["the services differ", { vpnServiceId: "s2" }],
    ["it is the same connection", { id: "c2" }],
  ])("do not collide if %s", (_what, changes) => {
    expect(samePeer(connection({ id: "c2" }), [existing(changes)])).toEqual([]);
  });

  it("do not collide while the service is unknown", () => {
    const unknown = { vpnServiceId: undefined };

    expect(samePeer(connection(unknown), [existing(unknown)])).toEqual([]);
  });
});

describe("peer networks", () => {
  it("that overlap the local subnet are a warning with both", () => {
    const [finding] = localOverlap(connection({ networks: ["10.0.0.0/8"] }), local);

    expect(finding).toMatchObject({ severity: "warning", path: "peerCidrs" });
    expect(finding!.reason).toBe(
      "10.0.0.0/8 overlaps 10.10.0.0/24 of subnet lan (n1), the local end of VpnService office (s1): the overlapping addresses are not reached through the tunnel.",
    );
  });

  it("of a group are reported at the group", () => {
    const grouped = connection({ networksFrom: "peerEpGroupId", networks: ["10.10.0.0/24"] });

    expect(localOverlap(grouped, local)[0]).toMatchObject({
      path: "peerEpGroupId",
      reason: expect.stringMatching(
        /^10\.10\.0\.0\/24 is also a network of subnet lan \(n1\)/,
      ) as string,
    });
  });

  it.each([["0.0.0.0/0"], ["::/0"], ["10.11.0.0/24"], ["2001:db8::/32"]])(
    "%s do not overlap it",
    (network) => {
      expect(localOverlap(connection({ networks: [network] }), local)).toEqual([]);
    },
  );
});

describe("a peer address", () => {
  it.each([["203.0.113.10"], ["2001:db8:ffff:0::10"]])(
    "%s of the VPN service itself is a warning",
    (peerAddress) => {
      expect(ownAddress(connection({ peerAddress }), local)[0]).toMatchObject({
        severity: "warning",
        path: "peerAddress",
        reason: expect.stringMatching(/VpnService office \(s1\) itself/) as string,
      });
    },
  );

  it.each([["203.0.113.11"], ["vpn.example.com"], [undefined]])(
    "%s of another host is accepted",
    (peerAddress) => {
      expect(ownAddress(connection({ peerAddress }), local)).toEqual([]);
    },
  );
});
