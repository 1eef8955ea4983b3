import type { Dialect } from "../../../provider/dialect";
import type { Values } from "../../../provider/schema/resourceType";
import { UNKNOWN } from "../../../provider/model/unknowns";
import { ipsecSiteConnection } from "../../../provider/resources/ipsecSiteConnection";
import { OTHER_ID } from "../support/builders";
import { checked, reasonsOf, someInputs } from "../support/kinds";

function reasons(dialect: Dialect, changes: Values): string[] {
  return reasonsOf("IpsecSiteConnection", dialect, changes);
}

const LONG = "x".repeat(255);
const GROUPS = { peerCidrs: null, localEpGroupId: OTHER_ID, peerEpGroupId: OTHER_ID };

const acceptedByBoth: readonly [name: string, value: unknown][] = [
  ["name", ""],
  ["name", LONG],
  ["description", ""],
  ["description", LONG],
  ["adminStateUp", true],
  ["adminStateUp", false],
  ["vpnServiceId", OTHER_ID],
  ["vpnServiceId", OTHER_ID.toUpperCase()],
  ["ikePolicyId", OTHER_ID],
  ["ipsecPolicyId", OTHER_ID],
  ["peerAddress", "198.51.100.1"],
  ["peerId", "198.51.100.1"],
  ["peerId", "2001:db8::1"],
  ["peerId", "office@example.org"],
  ["peerId", "vpn.example.org"],
  ["peerId", "key-17"],
  ["peerCidrs", ["10.2.0.0/24"]],
  ["peerCidrs", ["0.0.0.0/0"]],
  ["peerCidrs", ["2001:db8::/32"]],
  ["psk", "s"],
  ["psk", LONG],
  ["psk", "with blanks\tand 'quotes\" \\ inside"],
  ["psk", "pässwörd🔑"],
  ["initiator", "bi-directional"],
  ["initiator", "response-only"],
  ["dpd", { action: "hold", interval: 1, timeout: 2 }],
  ["dpd", { action: "restart", interval: 30, timeout: 2147483647 }],
  ["waitFor", "settled"],
  ["waitFor", "active"],
  ["waitFor", "accepted"],
  ["timeouts", {}],
  ["cloud", "east"],
  ["adopt", OTHER_ID],
  ["adopt", "its name"],
  ["timeouts", { create: "90s", update: "1h30m", delete: "10m" }],
];

const accepted: readonly [dialect: Dialect, changes: Values][] = [
  ...acceptedByBoth.flatMap(([name, value]): [Dialect, Values][] => [
    ["k5", { [name]: value }],
    ["neutron", { [name]: value }],
  ]),
  ["k5", { availabilityZone: "AZ1" }],
  ["neutron", { peerAddress: "2001:db8::1" }],
  ["neutron", { peerAddress: "vpn.example.org" }],
  ["neutron", { peerCidrs: ["10.2.0.5/24"] }],
  ["neutron", { peerCidrs: ["10.2.0.0/24", "10.3.0.0/24"] }],
  ["neutron", { dpd: { action: "clear" } }],
  ["neutron", { dpd: { action: "disabled" } }],
  ["neutron", { dpd: { action: "restart-by-peer" } }],
  ["neutron", { mtu: 68 }],
  ["neutron", { mtu: 1280, peerCidrs: ["2001:db8::/32"] }],
  ["neutron", { localId: "vpn.example.org" }],
  ["neutron", GROUPS],
  ["neutron", { projectId: "26de9cd6cae94c8cb9f79d660d628e1f" }],
];

it.each(accepted)("a connection in the %s dialect accepts %j", (dialect, changes) => {
  expect(reasons(dialect, changes)).toEqual([]);
});

const ID = "an id such as 41bfef97-af4e-4f6b-a5d3-4678859d2485";
const PEER_OF_K5 = "an IPv4 or IPv6 address, an e-mail address, a key id or an FQDN";
const PEER =
  "an IPv4 or IPv6 address, an e-mail address, a key id, an FQDN or a distinguished name such as C=DE, O=Acme, CN=gw";

const refusedByBoth: readonly [changes: Values, ...reasons: string[]][] = [
  [{ name: 5 }, "name: must be a string, got a number"],
  [{ name: `${LONG}x` }, "name: must have at most 255 characters"],
  [{ description: ["a"] }, "description: must be a string, got an array"],
  [{ description: `${LONG}x` }, "description: must have at most 255 characters"],
  [{ adminStateUp: "true" }, "adminStateUp: must be a boolean, got a string"],
  [{ vpnServiceId: "router-1" }, `vpnServiceId: must be ${ID}`],
  [{ vpnServiceId: null }, "vpnServiceId: is required"],
  [{ ikePolicyId: "" }, `ikePolicyId: must be ${ID}`],
  [{ ikePolicyId: null }, "ikePolicyId: is required"],
  [{ ipsecPolicyId: OTHER_ID.slice(1) }, `ipsecPolicyId: must be ${ID}`],
  [{ ipsecPolicyId: null }, "ipsecPolicyId: is required"],
  [{ peerAddress: null }, "peerAddress: is required"],
  [{ peerAddress: 7 }, "peerAddress: must be a string, got a number"],
  [{ peerId: null }, "peerId: is required"],
  [{ peerId: "k".repeat(256) }, "peerId: must have at most 255 characters"],
  [{ peerCidrs: "10.2.0.0/24" }, "peerCidrs: must be an array, got a string"],
  [{ peerCidrs: [5] }, "peerCidrs[0]: must be a string, got a number"],
  [{ peerCidrs: [null] }, "peerCidrs[0]: must be a string, got null"],
  [{ peerCidrs: [] }, "peerCidrs: must have at least 1 entry"],
  [{ psk: null }, "psk: is required"],
  [{ psk: 12345 }, "psk: must be a string, got a number"],
  [{ psk: " leading" }, "psk: must not start or end with whitespace"],
  [{ psk: "trailing\n" }, "psk: must not start or end with whitespace"],
  [{ psk: `${LONG}x` }, "psk: must have at most 255 characters"],
  [{ initiator: "both" }, "initiator: must be one of bi-directional, response-only"],
  [{ dpd: "hold" }, "dpd: must be an object, got a string"],
  [{ dpd: { interval: 0 } }, "dpd.interval: must be at least 1"],
  [{ dpd: { interval: "30" } }, "dpd.interval: must be an integer, got a string"],
  [{ dpd: { interval: 1.5 } }, "dpd.interval: must be an integer, got a fraction"],
  [{ dpd: { timeout: 2147483648 } }, "dpd.timeout: must be at most 2147483647"],
  [{ dpd: { delay: 5 } }, "dpd.delay: is not an input"],
  [{ waitFor: "done" }, "waitFor: must be one of settled, active, accepted"],
  [{ timeouts: { create: "5" } }, "timeouts.create: must be a duration such as 90s, 10m or 1h30m"],
  [{ timeouts: { delete: 5 } }, "timeouts.delete: must be a string, got a number"],
  [{ timeouts: { read: "5m" } }, "timeouts.read: is not an input"],
  [{ cloud: "" }, "cloud: must not be empty"],
  [{ cloud: 5 }, "cloud: must be a string, got a number"],
  [{ adopt: "" }, "adopt: must not be empty"],
  [{ adopt: true }, "adopt: must be a string, got a boolean"],
  [{ status: "ACTIVE" }, "status: is not an input"],
  [{ id: OTHER_ID }, "id: is not an input"],
  [{ peerCidr: "10.2.0.0/24" }, "peerCidr: is not an input: did you mean peerCidrs?"],
];

const notK5 = "in the k5 dialect. If this cloud is not K5, set vpnaas:dialect to neutron";
const onlyNeutron = `is not an input ${notK5}`;

const refused: readonly [dialect: Dialect, changes: Values, ...reasons: string[]][] = [
  ...refusedByBoth.flatMap(([changes, ...expected]): [Dialect, Values, ...string[]][] => [
    ["k5", changes, ...expected],
    ["neutron", changes, ...expected],
  ]),
  ["k5", { peerCidrs: null }, `peerCidrs: is required ${notK5}`],
  [
    "k5",
    { peerCidrs: ["10.2.0.0/24", "10.3.0.0/24"] },
    `peerCidrs: must have at most 1 entry, got 2 ${notK5}`,
  ],
  [
    "k5",
    { peerCidrs: ["10.2.0.5/24"] },
    `peerCidrs[0]: must be a network as <network address>/<prefix> without host bits, such as 10.2.0.0/24 ${notK5}`,
  ],
  [
    "k5",
    { peerAddress: "vpn.example.org" },
    `peerAddress: must be an IPv4 address such as 203.0.113.1 ${notK5}`,
  ],
  [
    "k5",
    { peerAddress: "2001:db8::1" },
    `peerAddress: must be an IPv4 address such as 203.0.113.1 ${notK5}`,
  ],
  ["k5", { dpd: { action: "clear" } }, `dpd.action: must be one of hold, restart ${notK5}`],
  ["k5", { mtu: 1500 }, `mtu: ${onlyNeutron}`],
  ["k5", { localId: "" }, `localId: ${onlyNeutron}`],
  ["k5", { localEpGroupId: OTHER_ID }, `localEpGroupId: ${onlyNeutron}`],
  ["k5", { peerEpGroupId: OTHER_ID }, `peerEpGroupId: ${onlyNeutron}`],
  ["k5", { projectId: "p" }, `projectId: ${onlyNeutron}`],
  ["k5", { availabilityZone: "" }, "availabilityZone: must not be empty"],
  [
    "neutron",
    { availabilityZone: "AZ1" },
    "availabilityZone: is not an input in the neutron dialect. If this cloud is not a Neutron of OpenStack, set vpnaas:dialect to k5",
  ],
  [
    "neutron",
    { peerAddress: "10.2.3.400" },
    "peerAddress: must be an IPv4 address, an IPv6 address or a host name",
  ],
  [
    "neutron",
    { peerCidrs: ["10.2.0.0"] },
    "peerCidrs[0]: must be a network as <address>/<prefix>, such as 10.2.0.0/24",
  ],
  [
    "neutron",
    { dpd: { action: "nothing" } },
    "dpd.action: must be one of hold, restart, clear, disabled, restart-by-peer",
  ],
  ["neutron", { mtu: 67 }, "mtu: must be at least 68"],
  ["neutron", { mtu: "1500" }, "mtu: must be an integer, got a string"],
  ["neutron", { localId: 5 }, "localId: must be a string, got a number"],
  ["neutron", { ...GROUPS, localEpGroupId: "group" }, `localEpGroupId: must be ${ID}`],
  ["neutron", { ...GROUPS, peerEpGroupId: "group" }, `peerEpGroupId: must be ${ID}`],
  ["neutron", { projectId: "" }, "projectId: must not be empty"],
];

it.each(refused)("a connection in the %s dialect refuses %j", (dialect, changes, ...expected) => {
  expect(reasons(dialect, changes)).toEqual(expected);
});

it.each([
  ["a missing address", { peerAddress: null }],
  ["a broken address", { peerAddress: "10.2.3.400" }],
  ["a broken network", { peerCidrs: ["office"] }],
  ["an unknown action", { dpd: { action: "nothing" } }],
])(
  "a connection does not mention the k5 dialect for %s, which no dialect accepts",
  (_what, changes) => {
    expect(reasons("k5", changes)).toEqual([expect.not.stringContaining("vpnaas:dialect")]);
  },
);

it("a connection refuses an empty psk", () => {
  expect(reasons("k5", { psk: "" })[0]).toBe("psk: must not be empty");
});

it("a connection refuses a duplicate network", () => {
  expect(reasons("neutron", { peerCidrs: ["10.2.0.0/24", "10.2.0.0/24"] })).toEqual([
    expect.stringMatching(/^peerCidrs: must not hold the same value twice/),
  ]);
});

it.each([
  [{ interval: 60, timeout: 60 }],
  [{ interval: 121 }],
  [{ timeout: 30 }],
  [{ interval: 2, timeout: 1 }],
])("a connection refuses a dpd whose timeout is not greater than its interval: %j", (dpd) => {
  expect(reasons("k5", { dpd })).toEqual([
    expect.stringMatching(/^dpd\.timeout: must be greater than dpd\.interval/),
  ]);
});

describe("the peerId of a connection", () => {
  it.each(["", "the office", "10.2.0.0/24"])("is refused in both dialects as %j", (peerId) => {
    expect(reasons("k5", { peerId })).toEqual([`peerId: must be ${PEER_OF_K5}`]);
    expect(reasons("neutron", { peerId })).toEqual([`peerId: must be ${PEER}`]);
  });

  it("may be a distinguished name with whitespace in the neutron dialect only", () => {
    const changes = { peerId: "C=DE, O=Acme, CN=gw" };
    expect(reasons("neutron", changes)).toEqual([]);
    expect(reasons("k5", changes)).toEqual([`peerId: must be ${PEER_OF_K5} ${notK5}`]);
  });
});

describe("a connection with networks or endpoint groups", () => {
  it("requires either", () => {
    expect(reasons("neutron", { peerCidrs: undefined })).toEqual([
      "peerCidrs: is required, or else both localEpGroupId and peerEpGroupId",
    ]);
  });

  it.each([
    ["localEpGroupId", "peerEpGroupId"],
    ["peerEpGroupId", "localEpGroupId"],
  ])("requires with %s a %s", (given, missing) => {
    expect(reasons("neutron", { peerCidrs: undefined, [given]: OTHER_ID })).toEqual([
      `${missing}: is required beside the other endpoint group`,
    ]);
  });

  it.each([
    { peerCidrs: UNKNOWN, localEpGroupId: UNKNOWN, peerEpGroupId: UNKNOWN },
    { peerCidrs: UNKNOWN, localEpGroupId: OTHER_ID, peerEpGroupId: OTHER_ID },
    { localEpGroupId: UNKNOWN, peerEpGroupId: UNKNOWN },
    { peerCidrs: undefined, localEpGroupId: UNKNOWN },
  ])("is not refused while any of them is unknown: %j", (changes) => {
    expect(reasons("neutron", changes)).toEqual([]);
  });

  it.each(["localEpGroupId", "peerEpGroupId"])("refuses networks in addition to %s", (given) => {
    expect(reasons("neutron", { [given]: OTHER_ID })).toEqual([
      "peerCidrs: must be left out when endpoint groups are given (localEpGroupId and peerEpGroupId, both)",
    ]);
  });
});

it("a connection refuses networks of both IP versions", () => {
  expect(reasons("neutron", { peerCidrs: ["10.2.0.0/24", "2001:db8::/32"] })).toEqual([
    "peerCidrs: must be all IPv4 or all IPv6",
  ]);
});

it("a connection refuses an mtu that is too small for IPv6", () => {
  expect(reasons("neutron", { peerCidrs: ["2001:db8::/32"], mtu: 1279 })).toEqual([
    "mtu: must be at least 1280 for IPv6",
  ]);
});

describe("the checklist for a connection in DOWN", () => {
  const { downChecklist } = ipsecSiteConnection;

  it.each(["k5", "neutron"] as const)(
    "names the settings that both ends must share (%s)",
    (dialect) => {
      const text = downChecklist!(dialect);
      for (const word of ["psk", "IKE policy", "IPsec policy", "UDP 500", "UDP 4500", "ESP"]) {
        expect(text).toContain(word);
      }
    },
  );

  it("names the command that finds the cause", () => {
    expect(downChecklist!("neutron")).toContain("pulumi-vpnaas diagnose --peer-config FILE");
  });

  it("mentions the global IP on K5 and the gateway elsewhere", () => {
    expect(downChecklist!("k5")).toMatch(/global IP(?:.|\n)*List IPsec site/);
    expect(downChecklist!("neutron")).toMatch(/router has its gateway/);
    expect(downChecklist!("neutron")).not.toContain("K5");
  });
});

it("a change of a connection interrupts the tunnels of its VPN service", () => {
  expect(ipsecSiteConnection.interruptedService!("own", { vpnServiceId: "service" })).toBe(
    "service",
  );
});

describe("a connection warns, and stays valid,", () => {
  const warningsFor = (changes: Values, dialect: Dialect = "neutron") => {
    const { warnings, failures } = checked(
      "IpsecSiteConnection",
      someInputs("IpsecSiteConnection", changes),
      dialect,
    );
    expect(failures).toEqual([]);
    return warnings.map(({ line }) => line);
  };

  it.each<[string, string, RegExp[]]>([
    ["", "198.51.100.2", []],
    ["", "office", []],
    ["cloud", "office", []],
    ["203.0.113.59", "198.51.100.2", []],
    ["", "@o@example.com", []],
    ["", "#6f6666696365", []],
    ["cloud", "198.51.100.2", [/^peerId: is an address and localId is not/]],
    ["203.0.113.59", "office", [/^localId: is an address and peerId is not/]],
    ["", "o@example.com", [/^peerId: is an e-mail address, .* Put @ before it/]],
    ["c@example.com", "office", [/^localId: is an e-mail address/]],
    ["", "@office", [/^peerId: begins with @, .* Leave @ out/]],
  ])("with localId %j and peerId %j", (localId, peerId, expected) => {
    const lines = warningsFor({ localId, peerId });
    expect(lines).toHaveLength(expected.length);
    expected.forEach((pattern, i) => expect(lines[i]).toMatch(pattern));
  });

  it("without a value of an identity, which may be secret", () => {
    const lines = warningsFor({ localId: "canary", peerId: "198.51.100.2" });
    expect(lines.join()).not.toMatch(/canary|198\.51/);
  });

  it("if its networks contain the address of the peer", () => {
    expect(warningsFor({ peerCidrs: ["198.51.100.0/24"], peerAddress: "198.51.100.2" })).toEqual([
      expect.stringMatching(/^peerCidrs: contains peerAddress/),
    ]);
    expect(warningsFor({ peerCidrs: ["10.2.0.0/24"], peerAddress: "198.51.100.2" })).toEqual([]);
    expect(warningsFor({ peerCidrs: ["0.0.0.0/0"], peerAddress: "peer.example.com" })).toEqual([]);
  });

  it("not about identities that are unknown in a preview", () => {
    expect(warningsFor({ localId: UNKNOWN, peerId: "198.51.100.2" })).toEqual([]);
  });
});
