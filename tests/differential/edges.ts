import fc from "fast-check";

import { definitionOf, type Kind, type Values } from "../../provider/lifecycle/definition";

const LOCK = "\u{1f510}";
const TEXTS = [
  ...["", " ", "x".repeat(255), "x".repeat(256), LOCK.repeat(255), LOCK.repeat(256)],
  ...["e\u0301".repeat(128), " ends ", "a\nb", "\t", "\u0000", "a\u0000b", "\u0007", "\u202e"],
  ...["'; DROP TABLE x;--", "%s%n", "${x}", "<b>&amp;", "\\", '"', "null", "\u{10ffff}", "\ufeff"],
];
const NUMBERS = [
  ...[0, -1, 1, 59, 60, 61, 67, 68, 1_279, 1_280, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 2 ** 63],
  ...[2 ** 64, 1.5, 1_500.0, -0.5, 1e21, "1500", " 1500 ", "1_500", "\u0661\u0665", "1e3", "0x5dc"],
  ...["", "many", true, false, [], [1_500], {}],
];
const BOOLEANS = [
  ...["true", "false", "True", "TRUE", "1", "0", 1, 0, 2, 1.0, "yes", "", [], {}, [true]],
];
const UNKNOWN_ID = "0b4bd9ec-5d4c-4f2f-9a53-0d1c6a1a0b77";
const idsOf = (...words: string[]) => [
  ...words.flatMap((word) => [`{${word}}`, `{${word}:upper}`, `{${word}:bare}`]),
  ...[UNKNOWN_ID, "", "x", 5, true, []],
];
const HOSTS = [
  ...["localhost", "localhost.", "LOCALHOST", "nowhere.invalid", "a", "a.b.", "a..b", ".", "-a.b"],
  ...["203.0.113.7", "0.0.0.0", "255.255.255.255", "127.0.0.1", "10.1", "10.1.1", "167772161"],
  ...["0x7f.1", "0x7f000001", "010.0.0.1", "1.2.3.4.", "1.2.3.4.5", "1.2.3.256", "1.2.3.4 "],
  ...["1.2.3.4/32", "::", "::1", "2001:DB8::1", "2001:db8:0:0:0:0:0:1", "::ffff:203.0.113.7"],
  ...["::203.0.113.7", "fe80::1", "fe80::1%lo", "[::1]", "2001:db8::g", "1::2::3", "ff02::1"],
  ...["", " ", "my_host", "two words", "x".repeat(64), `${"x".repeat(63)}.org`, "x".repeat(256)],
  ...["b\u00fccher.example", "xn--bcher-kva.example", "h\u0000st", "host\n", "1.2.3", LOCK],
];
const PEER_IDS = [
  ...["203.0.113.7", "2001:db8::1", "vpn.example.org", "office@example.org", "@office", "0xcafe"],
  ...["C=JP/O=Office", "17", "", " ", "the office", "10.2.0.0/24", "203.0.113.300", "1.2.3"],
  ...["%any", "C=DE, O=Acme, CN=gw", "CN = gw", "C=DE,\nCN=gw", "C=DE, CN=gw "],
  ...["2001::db8::1", "office@", "@", "office@-example", "a\n", "\u0000", "x".repeat(255), LOCK],
  ...["x".repeat(256), LOCK.repeat(255), LOCK.repeat(256), "a@b@c", "::", "..", "1.2.3.4."],
];
const CIDRS = [
  ...["10.2.0.0/24", "10.2.0.5/24", "0.0.0.0/0", "10.2.0.0/0", "255.255.255.255/32", "10.2.0.0/33"],
  ...["10.2.0.0", "10.2/16", "10/8", "10.2.0.0/", "10.2.0.0/024", "10.2.0.0/+24", "10.2.0.0/ 24"],
  ...["010.2.0.0/24", "10.2.0.0/255.255.255.0", "10.2.0.0/0.0.0.255", "10.2.0.0/24/24", "/24", "/"],
  ...["10.2.0.0/24 ", "\n10.2.0.0/24", "", "all", "167772160/8", "0x0a.0.0.0/8", "10.2.0.256/24"],
  ...["2001:db8::/32", "2001:DB8::/32", "2001:db8::5/64", "::/0", "::1/128", "::/129", "::/-1"],
  ...["2001:0db8:0000:0000:0000:0000:0000:0000/32", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff/128"],
  ...["::ffff:10.2.0.0/120", "::10.2.0.0/120", "2001:db8::/032", "2001:db8::/ffff:ffff::"],
  ...["fe80::1%lo/64", "2001:db8::", "2001:db8::g/32", "1::2::3/64", "2001:db8::/0x20"],
];
const DPDS = [
  ...["", "hold", 0, false, [], [1], { [LOCK]: 1 }, { action: "hold", more: 1 }],
  ...[{ timeout: "120" }, { interval: "10" }, { interval: "x" }, { timeout: 1.5 }],
  ...[{ interval: 119 }, { interval: 120 }],
  ...[{ interval: 0 }, { interval: 0, timeout: 1 }, { interval: 0, timeout: 0 }, { timeout: 31 }],
  ...[{ timeout: 30 }, { timeout: 0 }, { interval: -1 }, { action: "Hold" }, { action: "clear" }],
  ...[{ action: "disabled" }, { action: "restart-by-peer" }, { action: 5 }, { action: ["hold"] }],
  ...[{ interval: 2 ** 31 - 2, timeout: 2 ** 31 - 1 }, { timeout: 2 ** 31 }, { timeout: 2 ** 63 }],
  ...[
    { interval: 10, timeout: 20 },
    { interval: 20, timeout: 20 },
  ],
  ...[{ interval: true, timeout: 60 }],
];
const LIFETIMES = [
  ...["", "seconds", 0, 60, [], [60], { more: 1 }, { units: "kilobytes" }, { units: "Seconds" }],
  ...[{ units: "" }, { units: 1 }, { value: "60" }, { value: "59" }, { value: " 60 " }],
  ...[{ value: 0 }, { value: 59 }, { value: 60 }, { value: 60.5 }, { value: 59.9 }],
  ...[{ value: -60 }, { value: true }],
  ...[{ value: 2 ** 31 - 1 }, { value: 2 ** 31 }, { value: 2 ** 63 }, { value: [] }, { value: {} }],
];
const WORDS = ["", "sha1", "SHA256", "md5", "none", "group1", "group32", "aes", 5, [], ["v1"]];

const lists = (...entries: unknown[]) =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...entries).map((one) => [one]), weight: 6 },
    { arbitrary: fc.array(fc.constantFrom(...entries), { maxLength: 3 }), weight: 3 },
    {
      arbitrary: fc.constantFrom<unknown>(entries[0], [], "", {}, 5, [5], [null], [[]]),
      weight: 2,
    },
  );

/** Values at and beyond the edges of what each property takes; nothing here says which are right. */
const EDGES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  name: fc.constantFrom<unknown>(...TEXTS, 5, true, [], {}),
  description: fc.constantFrom<unknown>(...TEXTS, 5, false, ["x"], {}),
  adminStateUp: fc.constantFrom<unknown>(...BOOLEANS),
  projectId: fc.constantFrom<unknown>(
    "{project}",
    "{project:upper}",
    "lab",
    "",
    "x".repeat(256),
    5,
  ),
  routerId: fc.constantFrom<unknown>(...idsOf("router", "subnet")),
  subnetId: fc.constantFrom<unknown>(...idsOf("subnet", "subnet2", "router")),
  flavorId: fc.constantFrom<unknown>(UNKNOWN_ID, "", "x", 5),
  lifetime: fc.constantFrom<unknown>(...LIFETIMES),
  dpd: fc.constantFrom<unknown>(...DPDS),
  mtu: fc.constantFrom<unknown>(...NUMBERS),
  vpnServiceId: fc.constantFrom<unknown>(...idsOf("service", "serviceOfGroups")),
  ikePolicyId: fc.constantFrom<unknown>(...idsOf("ike", "ipsec")),
  ipsecPolicyId: fc.constantFrom<unknown>(...idsOf("ipsec", "doubled")),
  localEpGroupId: fc.constantFrom<unknown>(...idsOf("locals", "peers", "vlans")),
  peerEpGroupId: fc.constantFrom<unknown>(...idsOf("peers", "peers2", "peers6", "locals")),
  peerAddress: fc.constantFrom<unknown>(...HOSTS, 5, ["1.2.3.4"], {}),
  peerId: fc.constantFrom<unknown>(...PEER_IDS, 5, {}),
  localId: fc.constantFrom<unknown>(...TEXTS, ...PEER_IDS, 5, {}),
  peerCidrs: lists(...CIDRS),
  psk: fc.constantFrom<unknown>(...TEXTS, 5, true, ["x"], {}),
  type: fc.constantFrom<unknown>("cidr", "subnet", "vlan", "router", "network", "CIDR", "", 5),
  endpoints: lists(...CIDRS, ...idsOf("subnet", "router"), "x".repeat(256), "two words", LOCK),
};

/** What has a form of its own, or has to fit others. */
const INTRICATE = new Set([
  ...["dpd", "mtu", "peerCidrs", "peerAddress", "peerId", "psk", "endpoints", "lifetime"],
]);

/** One property of a kind with a value at an edge. */
export function edgesOf(kind: Kind): fc.Arbitrary<Values> {
  const names = definitionOf(kind).fields.filter(
    (field) => field.input.neutron && !field.local && !field.once,
  );
  return fc.oneof(
    ...names.map(({ name }) => ({
      arbitrary: (EDGES[name] ?? fc.constantFrom<unknown>(...WORDS)).map((value) => ({
        [name]: value,
      })),
      weight: INTRICATE.has(name) ? 3 : 1,
    })),
  );
}

/** Properties that are none of ours. */
export const STRAYS: readonly Values[] = [
  ...[{ tenantId: "{project}" }, { tenantId: "another" }, { status: "ACTIVE" }, { id: UNKNOWN_ID }],
  ...[{ authMode: "psk" }, { routeMode: "static" }, { externalV4Ip: "203.0.113.9" }, { bogus: 1 }],
  ...[{ availabilityZone: "nova" }, { ["__proto__x"]: 1 }, { constructor: 1 }, { PSK: "x" }],
];
