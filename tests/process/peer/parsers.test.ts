import { PeerFormatError, peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import type { FormatName } from "../../../provider/tunnel/formats";
import { valuesOf } from "../../../provider/tunnel/words";
import {
  algparse,
  checkLibreswan,
  loadSwanctl,
  missingSwans,
  startIpsec,
} from "../../support/harness/swans";
import { aTunnel, type TunnelParameters } from "../../unit/support/tunnels";

/** Each value of each algorithm in each policy, with each version of IKE; other forms of a tunnel. */
const TUNNELS: readonly TunnelParameters[] = [
  ...["v1", "v2"].flatMap((ikeVersion) => [
    ...valuesOf("EncryptionAlgorithm").flatMap(({ value }) =>
      inBoth(ikeVersion, { encryptionAlgorithm: value }),
    ),
    ...valuesOf("AuthAlgorithm").flatMap(({ value }) =>
      inBoth(ikeVersion, { authAlgorithm: value }),
    ),
    ...valuesOf("DhGroup").flatMap(({ value }) => inBoth(ikeVersion, { pfs: value })),
  ]),
  { ikePolicy: { ikeVersion: "v1", phase1NegotiationMode: "aggressive" } },
  { ipsecPolicy: { transformProtocol: "ah" } },
  { ipsecPolicy: { encapsulationMode: "transport" } },
  ...["hold", "clear", "restart", "restart-by-peer", "disabled"].map((action) => ({
    connection: { dpd: { action } },
  })),
  ...["office.example.com", "198.51.100.9", "@o@example.com", "#6f66"].map((peerId) => ({
    connection: { peerId, localId: "cloud", psk: 'any "key" \\ #1' },
  })),
  {
    connection: { peerCidrs: ["10.2.0.0/24", "10.3.0.0/24"], initiator: "response-only" },
    localNetworks: ["10.10.0.0/24", "10.11.0.0/24"],
  },
  {
    connection: { peerAddress: "2001:db8::2", peerId: "2001:db8::2", peerCidrs: ["fd00:2::/64"] },
    localNetworks: ["fd00:1::/64"],
  },
];

function inBoth(ikeVersion: string, over: Readonly<Record<string, string>>): TunnelParameters[] {
  return [{ ikePolicy: { ikeVersion, ...over } }, { ikePolicy: { ikeVersion }, ipsecPolicy: over }];
}

/** The texts of a format by a name of their own; tunnels that it refuses have none. */
function textsOf(format: FormatName): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  TUNNELS.forEach((over, i) => {
    const name = `office${i}`;
    const view = aTunnel({ ...over, connection: { ...over.connection, name } });
    // A key has a fingerprint, which is slow by design.
    const plain = over.connection?.["psk"] === undefined ? { ...view, psk: undefined } : view;
    try {
      texts.set(name, peerConfigurationOf(plain, format).text);
    } catch (error) {
      if (!PeerFormatError.isInstance(error)) throw error;
    }
  });
  return texts;
}

const missing = missingSwans();
const title = missing === undefined ? "the parser" : `the parser [skipped: ${missing}]`;

(missing === undefined ? describe : describe.skip)(title, () => {
  it("of swanctl accepts every text", () => {
    const texts = textsOf("swanctl");
    const printed = loadSwanctl([...texts.values()].join("\n"));
    const accepted = [...printed.matchAll(/^loaded connection '(.*)'$/gm)].map(([, name]) => name);
    expect(accepted.sort()).toEqual([...texts.keys()].sort());
    expect(printed).not.toMatch(/loading connection .* failed/);
    expect(printed.match(/^loaded ike secret/gm)).toHaveLength(4);
  });

  it("of swanctl refuses a text with a wrong word", () => {
    const text = peerConfigurationOf(aTunnel(), "swanctl").text.replace("aes256", "aes-256");
    expect(loadSwanctl(text)).toMatch(/loading connection 'office' failed/);
  });

  it("of strongSwan's starter accepts every ipsec.conf", () => {
    const texts = textsOf("ipsec.conf");
    const printed = startIpsec([...texts.values()].join("\n"));
    const added = new Set(
      [...printed.matchAll(/received stroke: add connection '(office\d+)/g)].map(
        ([, name]) => name,
      ),
    );
    expect([...texts.keys()].filter((name) => !added.has(name))).toEqual([]);
    expect(printed).not.toMatch(/skipped|parsing error|unknown keyword|bad value|invalid/i);
  });

  it("of strongSwan accepts every ipsec.secrets, with both identities", () => {
    const texts = textsOf("ipsec.secrets");
    const printed = startIpsec("", [...texts.values()].join("\n"));
    const loaded = [...printed.matchAll(/loaded IKE secret for (.*)$/gm)].map(([, ids]) => ids);
    expect(loaded).toEqual([
      "@office.example.com @cloud",
      "@198.51.100.9 @cloud",
      "@@o@example.com @cloud",
      "@#6f66 @cloud",
    ]);
    expect(printed).not.toMatch(/line \d+:/);
  });

  it("of libreswan accepts every ipsec.conf and every proposal in it", () => {
    const texts = textsOf("libreswan");
    expect(checkLibreswan([...texts.values()].join("\n"))).toMatchObject({ status: 0, stderr: "" });
    const refusals = [...texts].flatMap(([name, text]) => {
      const version = text.includes("ikev2=no") ? "v1" : "v2";
      const word = (key: string) => new RegExp(`^  ${key}=(.*)$`, "m").exec(text)![1]!;
      const proposals = [`ike=${word("ike")}`, `${word("phase2")}=${word("phase2alg")}`];
      return proposals
        .map((one) => algparse(version, one))
        .map((error) => error && `${name} ${error}`);
    });
    expect(refusals.filter(Boolean)).toEqual([]);
  });

  it("of libreswan refuses a wrong key and a wrong proposal", () => {
    const text = peerConfigurationOf(aTunnel(), "libreswan").text.replace("leftid=", "leftname=");
    expect(checkLibreswan(text).status).not.toBe(0);
    expect(algparse("v2", "ike=aes999-sha2_256-modp2048")).not.toBe("");
  });
});
