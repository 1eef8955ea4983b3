import { formatNames, type FormatName } from "../../../provider/tunnel/formats";
import { peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import { valuesOf, wordOf, PORTABLE } from "../../../provider/tunnel/words";
import { expectGolden } from "../support/goldenPeer";
import {
  ALGORITHM_PROPERTIES,
  ALGORITHM_TYPES,
  aTunnel,
  outcomeOf,
  type TunnelParameters,
} from "../support/tunnels";

const POLICIES = ["ikePolicy", "ipsecPolicy"] as const;
const VERSIONS = ["v1", "v2"];

function textOf(over: TunnelParameters, format: FormatName): string {
  return outcomeOf(over, format).text!;
}

describe.each(formatNames)("%s", (format) => {
  it.each(ALGORITHM_TYPES)(
    "has a text or a named refusal for every %s in both policies and versions",
    (type) => {
      for (const { value } of valuesOf(type)) {
        for (const policy of POLICIES) {
          for (const ikeVersion of VERSIONS) {
            const chosen = { [ALGORITHM_PROPERTIES[type]]: value };
            const over =
              policy === "ikePolicy"
                ? { ikePolicy: { ikeVersion, ...chosen } }
                : { ikePolicy: { ikeVersion }, ipsecPolicy: chosen };
            // A view without a key has no fingerprint, which is slow by design.
            const connection = { psk: "" };
            const { text, refusal } = outcomeOf({ ...over, connection }, format);
            if (refusal === undefined)
              expect(text).not.toMatch(
                /undefined|(?<!algorithms=)null|[-=] *$|[^ ]= | $|phase2alg=.*;$/m,
              );
            else expect(refusal).toContain(`${policy}.${ALGORITHM_PROPERTIES[type]} ${value}: `);
          }
        }
      }
    },
  );

  it("writes the portable tunnel as the golden file has it", () => {
    expectGolden(format, textOf({}, format));
  });

  it("gives equal bytes for equal tunnels", () => {
    expect(textOf({}, format)).toBe(textOf({}, format));
  });
});

const RICH: TunnelParameters = {
  connection: {
    peerId: "office.example.com",
    localId: "cloud.example.com",
    peerCidrs: ["10.2.0.0/24", "10.3.0.0/24"],
    initiator: "response-only",
    dpd: { action: "restart", interval: 10, timeout: 40 },
  },
  ikePolicy: { lifetime: { value: 28800 } },
  ipsecPolicy: { encryptionAlgorithm: "aes-256-gcm-16", pfs: "group19" },
  localNetworks: ["10.10.0.0/24", "10.11.0.0/24"],
};

it.each(formatNames)(
  "%s writes names, several networks and AEAD as the golden file has it",
  (format) => {
    expectGolden(`${format}-rich`, textOf(RICH, format));
  },
);

it.each(["swanctl", "ipsec.conf", "vyos", "fortios", "junos", "routeros"] as const)(
  "%s writes each pair of networks by itself for IKE v1",
  (format) => {
    const over = { ...RICH, ikePolicy: { ikeVersion: "v1" } };
    expectGolden(`${format}-v1`, textOf(over, format));
  },
);

it.each([
  ["vyos", { ipsecPolicy: { transformProtocol: "ah" } }, /transformProtocol ah: VyOS .* Use esp\./],
  ["vyos", { ipsecPolicy: { encapsulationMode: "transport" } }, /encapsulationMode transport/],
  [
    "swanctl",
    { ipsecPolicy: { transformProtocol: "ah-esp" } },
    /transformProtocol ah-esp: .* Use esp\./,
  ],
  ["ipsec.conf", { ipsecPolicy: { transformProtocol: "ah-esp" } }, /transformProtocol ah-esp/],
  ["libreswan", { ipsecPolicy: { transformProtocol: "ah-esp" } }, /transformProtocol ah-esp/],
  ["libreswan", { ikePolicy: { pfs: "group2" } }, /ikePolicy\.pfs group2: .* Use group14\./],
  ["libreswan", { ikePolicy: { encryptionAlgorithm: "aes-256-ccm-8" } }, /aes-256-ccm-8/],
  [
    "libreswan",
    { ikePolicy: { ikeVersion: "v1", encryptionAlgorithm: "aes-256-gcm-16" } },
    /aes-256-gcm-16: .*ikeVersion v2/,
  ],
  [
    "ipsec.secrets",
    { connection: { peerId: "C=DE, O=Acme" } },
    /peerId C=DE, O=Acme: .* whitespace/,
  ],
  ["vyos", { connection: { psk: 'a"b' } }, /psk \(hidden\): /],
  ["pulumi", { connection: { peerId: "office" } }, /Set localId of the connection to that value/],
] as const)("%s refuses %j", (format, over, message) => {
  expect(outcomeOf(over, format).refusal).toMatch(message);
});

it.each(formatNames)("%s refuses a tunnel without networks", (format) => {
  const { refusal } = outcomeOf({ localNetworks: [], connection: { peerCidrs: [] } }, format);
  expect(refusal).toMatch(/^networks: .* needs a network of the cloud\.$/m);
  expect(refusal).toMatch(/^peerCidrs: .* needs a network of the peer\.$/m);
});

it("vyos has no host name as its own address", () => {
  const connection = { peerAddress: "vpn.example.com", peerId: "vpn.example.com" };
  expect(outcomeOf({ connection }, "vyos").text).toContain(" local-address any\n");
});

it("a refusal names every reason at once", () => {
  const ipsecPolicy = { transformProtocol: "ah", encapsulationMode: "transport" };
  expect(outcomeOf({ ipsecPolicy }, "vyos").refusal?.split("\n")).toHaveLength(3);
});

it("a refusal does not contain the key", () => {
  expect(outcomeOf({ connection: { psk: "canary'1" } }, "vyos").refusal).not.toContain("canary");
});

it("AH has no cipher", () => {
  const over = { ipsecPolicy: { transformProtocol: "ah" } };
  expect(outcomeOf(over, "swanctl").text).toContain("ah_proposals = sha256-modp2048");
  expect(outcomeOf(over, "libreswan").text).toContain("phase2=ah\n  phase2alg=sha2_256;modp2048");
});

it("libreswan notes the option without which it drops IKE v1", () => {
  const text = (ikeVersion: string) => outcomeOf({ ikePolicy: { ikeVersion } }, "libreswan").text;
  expect(text("v1")).toMatch(/^# Note: libreswan drops .* ikev1-policy=accept/m);
  expect(text("v2")).not.toContain("ikev1-policy");
});

it.each(["libreswan", "vyos"] as const)("%s clamps a lifetime and notes it", (format) => {
  const view = aTunnel({ ipsecPolicy: { lifetime: { value: 90_000 } } });
  const { text, notes } = peerConfigurationOf(view, format);
  expect(text).toContain("86400");
  expect(notes).toEqual([expect.stringMatching(/^ipsecPolicy\.lifetime\.value is 90000 .* 86400/)]);
});

it.each([
  ["hold", "dpd_action = trap"],
  ["clear", "dpd_action = clear"],
  ["restart", "dpd_action = restart"],
  ["restart-by-peer", "dpd_action = restart"],
  ["disabled", "dpd_delay = 0s"],
])("swanctl expresses the DPD action %s", (action, line) => {
  expect(outcomeOf({ connection: { dpd: { action } } }, "swanctl").text).toContain(line);
});

it("a peer behind a NAT has no local address in swanctl", () => {
  const view = aTunnel({}, { peerAddress: "any" });
  expect(peerConfigurationOf(view, "swanctl").text).not.toContain("local_addrs");
});

it("the cloud that only responds leaves the opening to the peer", () => {
  const over = { connection: { initiator: "response-only" } };
  expect(outcomeOf(over, "swanctl").text).toContain("start_action = start");
  expect(outcomeOf({}, "swanctl").text).toContain("start_action = trap");
});

it("the program for another Neutron mirrors the tunnel", () => {
  const { text } = outcomeOf(RICH, "pulumi");
  expect(text).toContain('peerId: "cloud.example.com"');
  expect(text).toContain('localId: "office.example.com"');
  expect(text).toContain('peerAddress: "203.0.113.59"');
});

it.each(["strongswan", "vyos"] as const)(
  "%s has a word for every algorithm in both phases",
  (name) => {
    for (const type of ALGORITHM_TYPES) {
      for (const { value } of valuesOf(type)) {
        expect([value, wordOf(name, "ike", type, value), wordOf(name, "esp", type, value)]).toEqual(
          [value, expect.any(String), expect.any(String)],
        );
      }
    }
  },
);

it.each(["strongswan", "vyos", "libreswan", "fortios", "ios-xe", "junos", "routeros"] as const)(
  "%s has the portable algorithms in both phases",
  (name) => {
    for (const type of ALGORITHM_TYPES) {
      expect(wordOf(name, "ike", type, PORTABLE[type])).toBeDefined();
      expect(wordOf(name, "esp", type, PORTABLE[type])).toBeDefined();
    }
  },
);
