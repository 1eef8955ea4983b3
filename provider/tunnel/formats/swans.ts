import type { Dictionary, Draft } from "../draft";
import { isAead } from "../tunnelView";

/** Whether the tunnel uses the aggressive mode of IKE v1. */
export function isAggressive({ end: { ike } }: Draft): boolean {
  return ike.version === "v1" && ike.mode === "aggressive";
}

/** Refuses the two protocols together. */
export function protocolOf(draft: Draft): "esp" | "ah" {
  const { protocol } = draft.end.ipsec;
  if (protocol === "ah-esp") draft.refuse("ipsecPolicy.transformProtocol", protocol, "Use esp");
  return protocol === "ah" ? "ah" : "esp";
}

/** The algorithms of phase 2 except the group: no hash for AEAD, and no cipher for AH. */
export function ipsecAlgorithms(draft: Draft, dictionary: Dictionary): string[] {
  const { protocol, encryption, integrity } = draft.end.ipsec;
  const hasCipher = protocol !== "ah";
  const hasHash = !hasCipher || !isAead(encryption);
  return [
    ...(hasCipher ? [draft.word(dictionary, "esp", "EncryptionAlgorithm", encryption)] : []),
    ...(hasHash ? [draft.word(dictionary, "esp", "AuthAlgorithm", integrity)] : []),
  ];
}
