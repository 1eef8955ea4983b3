import { isAead } from "../../tunnel/tunnelView";
import type { Finding } from "../finding";
import type { Proposal, Proposals } from "../peerSettings";

/** The algorithms of a phase of the cloud's end. */
export interface Algorithms {
  readonly encryption: string;
  readonly integrity: string;
  readonly group: string;
}

/** A part of a proposal. */
export type Part = keyof Proposal;

/** The consequence of a difference. */
export interface Effect {
  readonly text: string;
  readonly cure: string;
}

/** The properties of both policies. */
const PROPERTIES: Readonly<Record<Part, string>> = {
  encryption: "encryptionAlgorithm",
  integrity: "authAlgorithm",
  group: "pfs",
};

/** The parts for which no proposal of the peer has the cloud's value, each as a finding. */
export function proposalDifferences(
  policy: "ikePolicy" | "ipsecPolicy",
  cloud: Algorithms,
  peer: Proposals,
  effectOf: (part: Part) => Effect,
): Finding[] {
  const parts = Object.keys(PROPERTIES) as Part[];
  const isComplete = (one: Proposal) => parts.every((part) => hasValue(part, cloud, one));
  if (peer.list.some(isComplete) || peer.list.length === 0) return [];
  const missing = parts.filter((part) => !peer.list.some((one) => hasValue(part, cloud, one)));
  // Each value occurs in some proposal, but no proposal has all of them.
  const named = missing.length > 0 ? missing : parts;
  return named.map((part) => {
    const effect = effectOf(part);
    return {
      verdict: peer.hasDefaults ? "note" : "problem",
      property: `${policy}.${PROPERTIES[part]}`,
      cloud: cloud[part],
      peer: valuesIn(part, peer),
      text: peer.hasDefaults
        ? `${effect.text} The defaults of the peer's daemon may contain it.`
        : effect.text,
      cure: effect.cure,
    };
  });
}

function hasValue(part: Part, cloud: Algorithms, { encryption, ...rest }: Proposal): boolean {
  if (part === "encryption") return encryption.includes(cloud.encryption);
  // An AEAD cipher needs no hash; one that is named is the PRF, or redundant.
  const isFree = part === "integrity" && isAead(cloud.encryption) && rest.integrity.length === 0;
  return isFree || rest[part].includes(cloud[part]);
}

function valuesIn(part: Part, { list }: Proposals): string {
  const values = [...new Set(list.flatMap((one) => one[part]))];
  return values.length === 0 ? "none" : values.join(", ");
}

/** The algorithms in one line, such as `aes-256 sha256 group14`. */
export function algorithmsText({ encryption, integrity, group }: Algorithms): string {
  return [encryption, integrity, group].join(" ");
}
