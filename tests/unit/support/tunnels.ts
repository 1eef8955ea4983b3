import type { FormatName } from "../../../provider/tunnel/formats";
import { PeerFormatError, peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import {
  tunnelViewOf,
  type KnownAddresses,
  type TunnelParts,
} from "../../../provider/tunnel/viewOf";
import type { TunnelView } from "../../../provider/tunnel/tunnelView";

/** The property of a policy for each type of algorithm. */
export const ALGORITHM_PROPERTIES = {
  EncryptionAlgorithm: "encryptionAlgorithm",
  AuthAlgorithm: "authAlgorithm",
  DhGroup: "pfs",
} as const;

/** The types of algorithms of a policy. */
export const ALGORITHM_TYPES = Object.keys(
  ALGORITHM_PROPERTIES,
) as (keyof typeof ALGORITHM_PROPERTIES)[];

/** The properties of a tunnel's objects that a test sets; the others are those of a portable tunnel. */
export type TunnelParameters = Partial<{
  [Part in "connection" | "service" | "ikePolicy" | "ipsecPolicy"]: Readonly<
    Record<string, unknown>
  >;
}> &
  Partial<Pick<TunnelParts, "localNetworks" | "peerEndpoints">>;

/** The objects of a tunnel between 203.0.113.59 (the cloud) and 198.51.100.2. */
export function tunnelParts(over: TunnelParameters = {}): TunnelParts {
  return {
    localNetworks: ["10.10.0.0/24"],
    ...over,
    connection: {
      name: "office",
      peerAddress: "198.51.100.2",
      peerId: "198.51.100.2",
      peerCidrs: ["10.2.0.0/24"],
      psk: "Canary0key",
      ...over.connection,
    },
    service: { externalV4Ip: "203.0.113.59", externalV6Ip: "2001:db8::59", ...over.service },
    ikePolicy: { ikeVersion: "v2", encryptionAlgorithm: "aes-256", ...over.ikePolicy },
    ipsecPolicy: { encryptionAlgorithm: "aes-256", ...over.ipsecPolicy },
  };
}

/** The view of {@link tunnelParts}, as the cloud's end sees it. */
export function aTunnel(over: TunnelParameters = {}, known: KnownAddresses = {}): TunnelView {
  return tunnelViewOf(tunnelParts(over), known);
}

/** The text for the peer of {@link aTunnel}, or the message of its refusal. */
export function outcomeOf(
  over: TunnelParameters,
  format: FormatName,
  peerInterface: string | undefined = "port1",
): { text?: string; refusal?: string; notes?: readonly string[] } {
  try {
    return peerConfigurationOf(aTunnel(over), format, "plain", peerInterface);
  } catch (error) {
    if (!PeerFormatError.isInstance(error)) throw error;
    return { refusal: error.message };
  }
}
