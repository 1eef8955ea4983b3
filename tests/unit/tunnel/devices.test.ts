import type { FormatName } from "../../../provider/tunnel/formats";
import { expectGolden } from "../support/goldenPeer";
import { outcomeOf, type TunnelParameters } from "../support/tunnels";

const DEVICES = ["fortios", "ios-xe", "junos", "routeros"] as const satisfies FormatName[];
const V1 = { ikePolicy: { ikeVersion: "v1" } };

it.each(DEVICES)("%s states that its texts were not tried on a device", (format) => {
  expect(outcomeOf({}, format).text).toMatch(
    /^[#!] Written after .*, not tried on a (?:device|router)\.$/m,
  );
});

it("ios-xe writes IKE v1 as the golden file has it", () => {
  expectGolden("ios-xe-v1", outcomeOf(V1, "ios-xe").text!);
});

it("junos presents the text of a key id, and notes values that a release lacks", () => {
  const connection = { peerId: "#6f6666696365", localId: "cloud" };
  const over = { connection, ikePolicy: { authAlgorithm: "sha512", pfs: "group21" } };
  const { text, notes } = outcomeOf(over, "junos");
  expect(text).toContain("local-identity key-id office");
  expect(notes).toContain("Junos 22.4 has no group21; newer releases have it.");
});

it("fortios writes IPv6 as the golden file has it", () => {
  const over = {
    connection: { peerAddress: "2001:db8::2", peerId: "2001:db8::2", peerCidrs: ["fd00:2::/64"] },
    localNetworks: ["fd00:1::/64"],
  };
  expectGolden("fortios-v6", outcomeOf(over, "fortios").text!);
});

it.each(["fortios", "ios-xe", "junos"] as const)(
  "%s needs the name of the device's interface, and names the option",
  (format) => {
    expect(outcomeOf({}, format, "").refusal).toMatch(/peerInterface/);
    expect(outcomeOf({}, format, "port1 ; reboot").refusal).toMatch(
      /peerInterface port1 ; reboot: /,
    );
  },
);

it("routeros needs no interface", () => {
  expect(outcomeOf({}, "routeros", "").text).toContain("/ip ipsec peer add name=office");
});

it.each<[FormatName, TunnelParameters, RegExp]>([
  ["fortios", { ipsecPolicy: { transformProtocol: "ah" } }, /transformProtocol ah: .* Use esp\./],
  ["ios-xe", { ...V1, connection: { peerId: "office" } }, /peerId office: .*ikeVersion v2/],
  ["ios-xe", { ...V1, connection: { localId: "cloud", peerId: "office" } }, /localId cloud: /],
  ["ios-xe", { localNetworks: ["fd00::/64"] }, /networks fd00::\/64: .* Use IPv4\./],
  ["routeros", { ikePolicy: { authAlgorithm: "sha384" } }, /authAlgorithm sha384: .* Use sha256\./],
])("%s refuses %j", (format, over, message) => {
  expect(outcomeOf(over, format).refusal).toMatch(message);
});

describe.each(DEVICES)("%s", (format) => {
  it.each<[TunnelParameters, RegExp]>([
    [
      { ipsecPolicy: { encapsulationMode: "transport" } },
      /encapsulationMode transport: .*Use tunnel\./,
    ],
    [{ ipsecPolicy: { transformProtocol: "ah-esp" } }, /transformProtocol ah-esp: .*Use esp\./],
    [
      { connection: { localId: "cloud" } },
      /peerId name \(FQDN\) 198\.51\.100\.2: .*Leave localId out, or use names for both ids\./,
    ],
    [
      { connection: { peerId: "C=DE, O=Acme" } },
      /peerId C=DE, O=Acme: .*Use an identity of letters/,
    ],
    [{ connection: { psk: "0xc0ffee" } }, /psk \(hidden\): .*such as one of PreSharedKey\./],
    [{ connection: { psk: "a$canary;1" } }, /psk \(hidden\): /],
    [
      { ikePolicy: { ikeVersion: "v1", encryptionAlgorithm: "aes-256-gcm-16" } },
      /ikePolicy\.encryptionAlgorithm aes-256-gcm-16: .*aes-256\./,
    ],
  ])("refuses %j", (over, message) => {
    expect(outcomeOf(over, format).refusal).toMatch(message);
    expect(outcomeOf(over, format).refusal).not.toMatch(/canary|c0ffee/);
  });

  it("refuses each value once, also with several networks", () => {
    const over = {
      connection: { peerCidrs: ["10.2.0.0/24", "10.3.0.0/24"] },
      ipsecPolicy: { transformProtocol: "ah-esp" },
    };
    expect(outcomeOf(over, format).refusal!.split("\n")).toHaveLength(2);
  });

  it("has a selector for each pair of networks, and notes it", () => {
    const over = {
      connection: { peerCidrs: ["10.2.0.0/24", "10.3.0.0/24"] },
      localNetworks: ["10.10.0.0/24", "10.11.0.0/24"],
    };
    const { text, notes } = outcomeOf(over, format);
    const pairs = text!.split("\n").filter((line) => PAIR[format].test(line));
    expect(pairs).toHaveLength(4);
    expect(notes).toContainEqual(expect.stringMatching(/each pair of networks/));
  });

  it("switches Dead Peer Detection off as the connection does", () => {
    const { text } = outcomeOf({ connection: { dpd: { action: "disabled" } } }, format);
    expect(text).not.toMatch(/dpd.*30|dead-peer/);
  });
});

const PAIR: Readonly<Record<(typeof DEVICES)[number], RegExp>> = {
  fortios: /set src-subnet/,
  "ios-xe": /permit ip 10\.\d+\.0\.0 0\.0\.0\.255/,
  junos: /traffic-selector ts\d/,
  routeros: /ipsec policy add .*src-address/,
};

it.each([
  ["fortios", "clamped to 172800", 200_000, /keylifeseconds 172800/],
  ["ios-xe", "clamped to 120", 60, /lifetime seconds 120/],
  ["junos", "clamped to 86400", 90_000, /lifetime-seconds 86400/],
] as const)("%s writes a lifetime %s, and notes it", (format, _, value, line) => {
  const { text, notes } = outcomeOf({ ipsecPolicy: { lifetime: { value } } }, format);
  expect(text).toMatch(line);
  expect(notes).toContainEqual(expect.stringMatching(/^ipsecPolicy\.lifetime\.value is /));
});

it("routeros verifies a name of the cloud with IKE v2 alone, and notes it otherwise", () => {
  const connection = { localId: "cloud.example.com", peerId: "office.example.com" };
  expect(outcomeOf({ connection }, "routeros").text).toContain("remote-id=fqdn:cloud.example.com");
  const { text, notes } = outcomeOf({ ...V1, connection }, "routeros");
  expect(text).toContain("remote-id=auto");
  expect(notes).toContainEqual(expect.stringMatching(/every identity is accepted/));
});

it.each([
  ["fortios", 15, /edit "(.*)"$/m],
  ["junos", 32, /security ike policy (\S+)/],
] as const)(
  "%s has names of at most %i characters, different for two tunnels",
  (format, limit, line) => {
    const nameOf = (name: string) =>
      line.exec(outcomeOf({ connection: { name } }, format).text!)![1]!;
    const names = [1, 2].map((number) => nameOf(`production-an-office-with-a-long-name-${number}`));
    expect(names.map(({ length }) => length)).toEqual([limit, limit]);
    expect(names[0]).not.toBe(names[1]);
  },
);

it("two tunnels have different numbers, and one tunnel keeps its own", () => {
  const unitOf = (name: string) =>
    /bind-interface (st0\.\d+)/.exec(outcomeOf({ connection: { name } }, "junos").text!)?.[1];
  expect(unitOf("office")).toMatch(/^st0\.[1-9]\d{3}$/);
  expect(unitOf("office")).toBe(unitOf("office"));
  expect(unitOf("office")).not.toBe(unitOf("branch"));
});
