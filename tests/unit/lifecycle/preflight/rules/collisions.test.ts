import {
  firstOverlap,
  localOverlap,
  networksOf,
  ownAddress,
  samePeer,
  sharedRouter,
  type LocalEnd,
  type Overlap,
  type PeerEnd,
} from "../../../../../provider/lifecycle/preflight/rules/collisions";

const overlapOf = (own: string, other: string): Overlap => [
  networksOf([own])[0]!,
  networksOf([other])[0]!,
];
const subnet = (displayName: string, cidr: string) => ({
  ...networksOf([cidr])[0]!,
  displayName,
});

const LOCAL: LocalEnd = {
  displayName: "VpnService office (s1)",
  id: "s1",
  addresses: ["203.0.113.10", "2001:db8:ffff::10"],
  subnets: [subnet("subnet dmz (n2)", "10.20.0.0/24"), subnet("subnet lan (n1)", "10.10.0.0/24")],
};

describe("a second VPN service on a router", () => {
  it("is a warning that names the router and the first service", () => {
    expect(sharedRouter("r1", "VpnService office (s1)", "neutron")).toEqual({
      severity: "warning",
      cause: "shared router r1",
      path: "routerId",
      reason:
        "router r1 has VpnService office (s1) already, and a VPN agent serves only one VPN service of a router, although Neutron accepts more.",
    });
  });

  it("is refused by K5, according to its warning", () => {
    expect(sharedRouter("r1", "VpnService office (s1)", "k5").reason).toMatch(
      /K5 accepts one VPN service for each router\.$/,
    );
  });
});

describe("networks", () => {
  it("leave out strings that are none", () => {
    expect(networksOf(["10.0.0.0/8", "10.0.0.0", "::/0"]).map((one) => one.notation)).toEqual([
      "10.0.0.0/8",
      "::/0",
    ]);
  });

  it("overlap in the first pair that shares an address", () => {
    const own = networksOf(["10.1.0.0/24", "10.2.0.0/24", "10.3.0.0/24"]);
    const others = networksOf(["10.3.0.0/16", "10.2.0.0/16"]);
    expect(firstOverlap(own, others)).toEqual([own[1], others[1]]);
  });

  it("that are apart do not overlap", () => {
    expect(firstOverlap(networksOf(["10.1.0.0/24"]), networksOf(["10.2.0.0/24"]))).toBeUndefined();
  });
});

describe("connections of one VPN service with the same peer and overlapping networks", () => {
  const peerEnd = (changes: Partial<PeerEnd> = {}): PeerEnd => ({
    vpnServiceId: "s1",
    peerAddress: "198.51.100.7",
    networksFrom: "peerCidrs",
    ...changes,
  });
  const OTHER = "IpsecSiteConnection old (c1)";
  const [LARGE, SMALL] = ["10.2.0.0/16", "10.2.9.0/24"];

  it("are a warning that names the networks, the other connection and the peer", () => {
    expect(samePeer(peerEnd(), OTHER, overlapOf(SMALL, LARGE))).toEqual({
      severity: "warning",
      cause: "same peer s1 198.51.100.7 10.2.0.0/16 10.2.9.0/24",
      path: "peerCidrs",
      reason:
        "10.2.9.0/24 overlaps 10.2.0.0/16 of IpsecSiteConnection old (c1), which has the same VPN service and the same peer 198.51.100.7: only one of the tunnels can carry that traffic.",
    });
  });

  it("have one cause, whichever of them is checked", () => {
    expect(samePeer(peerEnd(), OTHER, overlapOf(SMALL, LARGE)).cause).toBe(
      samePeer(peerEnd(), OTHER, overlapOf(LARGE, SMALL)).cause,
    );
  });

  it("have one cause in different notations", () => {
    const other = peerEnd({ peerAddress: "2001:DB8:0::1" });
    expect(samePeer(other, OTHER, overlapOf("2001:db8:0::/32", "2001:db8::/32")).cause).toBe(
      "same peer s1 2001:db8::1 2001:db8::/32 2001:db8::/32",
    );
  });

  it("are reported at the group that gives the networks", () => {
    const grouped = peerEnd({ networksFrom: "peerEpGroupId" });
    expect(samePeer(grouped, OTHER, overlapOf(LARGE, LARGE))).toMatchObject({
      path: "peerEpGroupId",
      reason: expect.stringMatching(/^10\.2\.0\.0\/16 is also a network of /) as string,
    });
  });
});

describe("peer networks", () => {
  const find = (...networks: string[]) =>
    localOverlap({ networksFrom: "peerCidrs" }, networksOf(networks), LOCAL);

  it("that overlap a local subnet are a warning with both", () => {
    expect(find("10.10.0.0/16")).toEqual([
      {
        severity: "warning",
        cause: "local overlap 10.10.0.0/16 subnet lan (n1)",
        path: "peerCidrs",
        reason:
          "10.10.0.0/16 overlaps 10.10.0.0/24 of subnet lan (n1), the local end of VpnService office (s1): the overlapping addresses are not reached through the tunnel.",
      },
    ]);
  });

  it("of a group are reported at the group", () => {
    const networks = networksOf(["10.10.0.0/24"]);
    expect(localOverlap({ networksFrom: "peerEpGroupId" }, networks, LOCAL)).toMatchObject([
      {
        path: "peerEpGroupId",
        reason: expect.stringMatching(
          /^10\.10\.0\.0\/24 is also a network of subnet lan \(n1\)/,
        ) as string,
      },
    ]);
  });

  it.each(["0.0.0.0/0", "::/0", "10.11.0.0/24", "2001:db8::/32"])(
    "%s do not overlap it",
    (network) => {
      expect(find(network)).toEqual([]);
    },
  );
});

describe("a peer address", () => {
  it.each([
    ["203.0.113.10", "203.0.113.10"],
    ["2001:db8:ffff:0::10", "2001:db8:ffff::10"],
  ])("%s of the VPN service itself is a warning", (peerAddress, address) => {
    expect(ownAddress(peerAddress, LOCAL)).toEqual([
      {
        severity: "warning",
        cause: "own address s1",
        path: "peerAddress",
        reason: `${address} is the external address of VpnService office (s1) itself, the VPN service of this connection.`,
      },
    ]);
  });

  it.each(["203.0.113.11", "vpn.example.com"])("%s of another host is accepted", (peerAddress) => {
    expect(ownAddress(peerAddress, LOCAL)).toEqual([]);
  });
});
