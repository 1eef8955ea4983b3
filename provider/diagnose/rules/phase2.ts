import { isAead, type TunnelView } from "../../tunnel/tunnelView";
import { overlap } from "../../validation/net";
import { orAgreement, SET_SAME_VALUE, type Finding } from "../finding";
import type { ChildSettings } from "../peerSettings";
import { unstated } from "./phase1";
import { algorithmsText, proposalDifferences, type Effect, type Part } from "./proposals";
import type { PeerRule } from "./rule";

/** Both ends have the protocol, the mode, the algorithms and the PFS group of phase 2. */
export const phase2Matches: PeerRule = ({ cloud, peer }) => {
  const findings = relevant(peer.children, cloud).flatMap((child) => [
    ...formOf(child, cloud),
    ...algorithmsOf(child, cloud),
  ]);
  const distinct = new Map(findings.map((one) => [JSON.stringify(one), one]));
  if (peer.children.length === 0) return [];
  return orAgreement([...distinct.values()], "ipsecPolicy", algorithmsText(cloud.ipsec));
};

/** The children for the networks of the cloud; all of them if none is. */
function relevant(children: readonly ChildSettings[], cloud: TunnelView): readonly ChildSettings[] {
  const isMeant = ({ local = [], remote = [] }: ChildSettings) =>
    local.some((one) => cloud.remote.networks.some((other) => overlap(one, other))) &&
    remote.some((one) => cloud.local.networks.some((other) => overlap(one, other)));
  const meant = children.filter(isMeant);
  return meant.length > 0 ? meant : children;
}

function formOf(child: ChildSettings, { ipsec }: TunnelView): Finding[] {
  const forms = [
    ["ipsecPolicy.transformProtocol", ipsec.protocol, child.protocol],
    ["ipsecPolicy.encapsulationMode", ipsec.mode, child.mode],
  ] as const;
  return forms
    .filter(([, cloud, peer]) => peer !== undefined && peer !== cloud)
    .map(([property, cloud, peer]) => ({
      verdict: "problem",
      property,
      cloud,
      peer: peer!,
      text: "Phase 2 fails: the peer uses another form of IPsec.",
      cure: SET_SAME_VALUE,
    }));
}

function algorithmsOf({ proposals }: ChildSettings, { ike, ipsec }: TunnelView): Finding[] {
  if (proposals === undefined) return [unstated("ipsecPolicy", algorithmsText(ipsec))];
  const effectOf = (part: Part): Effect =>
    part === "group" ? groupEffect(ike.version, ipsec.lifetime) : REFUSED[part];
  // AH has no cipher; AEAD has no hash.
  const ignored = [
    ...(ipsec.protocol === "ah" ? ["ipsecPolicy.encryptionAlgorithm"] : []),
    ...(isAead(ipsec.encryption) ? ["ipsecPolicy.authAlgorithm"] : []),
  ];
  return proposalDifferences("ipsecPolicy", ipsec, proposals, effectOf).filter(
    ({ property }) => !ignored.includes(property),
  );
}

const REFUSED: Readonly<Record<Exclude<Part, "group">, Effect>> = {
  encryption: {
    text: "Phase 1 succeeds, then the peer refuses the proposal of phase 2 because of its cipher (NO_PROPOSAL_CHOSEN).",
    cure: SET_SAME_VALUE,
  },
  integrity: {
    text: "Phase 1 succeeds, then the peer refuses the proposal of phase 2 because of its hash (NO_PROPOSAL_CHOSEN).",
    cure: SET_SAME_VALUE,
  },
};

/** IKE v2 negotiates the group of phase 2 at the first rekey only (RFC 7296, section 1.2). */
function groupEffect(version: string, lifetime: number): Effect {
  return {
    text:
      version === "v1"
        ? "Phase 1 succeeds, then the peer refuses phase 2 because of its PFS group (NO_PROPOSAL_CHOSEN)."
        : `The tunnel comes up without a check of the PFS group, and goes down at the first rekey, within ${lifetime} s.`,
    cure: "Set the same PFS group at both ends.",
  };
}
