import type { FormatName } from "../../../provider/tunnel/formats";
import { PeerFormatError, peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import { valuesOf } from "../../../provider/tunnel/words";
import { aTunnel, type TunnelParameters } from "./tunnels";

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
  { connection: { peerAddress: "vpn.example.com", peerId: "vpn.example.com" } },
  {
    connection: { peerAddress: "2001:db8::2", peerId: "2001:db8::2", peerCidrs: ["fd00:2::/64"] },
    localNetworks: ["fd00:1::/64"],
  },
];

function inBoth(ikeVersion: string, over: Readonly<Record<string, string>>): TunnelParameters[] {
  return [{ ikePolicy: { ikeVersion, ...over } }, { ikePolicy: { ikeVersion }, ipsecPolicy: over }];
}

/** The texts of a format by a name of their own; tunnels that it refuses have none. */
export function textsOf(format: FormatName): ReadonlyMap<string, string> {
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
