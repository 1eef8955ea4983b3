import type { Finding } from "../finding";
import type { PeerRule } from "./rule";

/** Lifetimes are not negotiated in IKE v2, and only shortened in IKE v1. */
export const lifetimesMatch: PeerRule = ({ cloud, peer }) => {
  const lifetimes = [
    ["ikePolicy.lifetime.value", cloud.ike.lifetime, peer.ike.lifetime],
    ["ipsecPolicy.lifetime.value", cloud.ipsec.lifetime, peer.children[0]?.lifetime],
  ] as const;
  return lifetimes
    .filter(([, own, other]) => other !== undefined && isFar(own, other))
    .map(([property, own, other]): Finding => ({
      verdict: "note",
      property,
      cloud: `${own} s`,
      peer: `${other!} s`,
      text: "The lifetimes differ. The ends need not agree on them: the shorter one counts.",
    }));
};

/** A peer renews a tenth earlier or later, so that both ends do not renew at once. */
function isFar(own: number, other: number): boolean {
  return Math.abs(own - other) > own / 5;
}

/** At least one end opens the tunnel. */
export const oneEndInitiates: PeerRule = ({ cloud, peer }) => {
  if (cloud.local.initiates || peer.initiates !== false) return [];
  return [
    {
      verdict: "problem",
      property: "initiator",
      cloud: "response-only",
      peer: "only answers",
      text: "Neither end opens the tunnel.",
      cure: "Set initiator to bi-directional, or let the peer open the tunnel.",
    },
  ];
};
