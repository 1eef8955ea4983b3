import type { Draft } from "../draft";
import { isAead } from "../tunnelView";
import { ipsecAlgorithms, isAggressive } from "./swans";

/** The IKE proposal in strongSwan's words; an AEAD cipher keeps its hash as PRF. */
export function ikeProposal(draft: Draft): string {
  const { encryption, integrity, group, version } = draft.end.ike;
  const hash = draft.word("strongswan", "ike", "AuthAlgorithm", integrity);
  if (isAead(encryption) && version === "v1") draft.note(AEAD_IN_V1);
  return [
    draft.word("strongswan", "ike", "EncryptionAlgorithm", encryption),
    isAead(encryption) ? `prf${hash}` : hash,
    draft.word("strongswan", "ike", "DhGroup", group),
  ].join("-");
}

/** The proposal of phase 2 in strongSwan's words. */
export function ipsecProposal(draft: Draft): string {
  const algorithms = ipsecAlgorithms(draft, "strongswan");
  const group = draft.word("strongswan", "esp", "DhGroup", draft.end.ipsec.group);
  return [...algorithms, group].join("-");
}

/** The DPD action in the words of swanctl.conf. */
export function dpdActionOf({ end: { dpd } }: Draft): string {
  return DPD_ACTIONS[dpd.action] ?? "trap";
}

const DPD_ACTIONS: Readonly<Record<string, string>> = {
  hold: "trap",
  clear: "clear",
  restart: "restart",
  "restart-by-peer": "restart",
};

/** A note for connections that strongSwan only answers with an option set. */
export function noteAggressive(draft: Draft): void {
  if (!isAggressive(draft)) return;
  draft.note(
    "If the cloud opens the tunnel, aggressive mode needs charon.i_dont_care_about_security_and_use_aggressive_mode_psk = yes in strongswan.conf.",
  );
}

/** The lifetime less a tenth: the end renews before the cloud does. */
export function renewalOf(seconds: number): number {
  return seconds - Math.floor(seconds / 10);
}

const AEAD_IN_V1 =
  "IKE v1 defines no AEAD cipher for phase 1 (RFC 5282 defines them for IKE v2), so many implementations refuse it: use IKE v2, or a cipher such as aes-256.";
