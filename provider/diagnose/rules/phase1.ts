import { orAgreement, SET_SAME_VALUE, type Finding } from "../finding";
import { algorithmsText, proposalDifferences, type Effect, type Part } from "./proposals";
import type { PeerRule } from "./rule";

/** Both ends have the version, the mode and the algorithms of phase 1. */
export const phase1Matches: PeerRule = ({ cloud, peer }) => {
  const { version, mode } = cloud.ike;
  const { versions, mode: peerMode, proposals } = peer.ike;
  const versionFindings: Finding[] =
    versions === undefined || versions.includes(version)
      ? []
      : [
          different("ikePolicy.ikeVersion", version, versions.join(", "), {
            text: `The peer has no configuration for IKE ${version}, so it refuses the first packet.`,
            cure: `Set the peer to IKE ${version}, or ikePolicy.ikeVersion to ${versions[0]!}.`,
          }),
        ];
  const modeFindings: Finding[] =
    version !== "v1" || peerMode === undefined || peerMode === mode
      ? []
      : [
          different("ikePolicy.phase1NegotiationMode", mode, peerMode, {
            text: "The ends use different modes of IKE v1, so phase 1 fails.",
            cure: `Set the peer to the mode ${mode}, or phase1NegotiationMode to ${peerMode}.`,
          }),
        ];
  const algorithms =
    proposals === undefined
      ? [unstated("ikePolicy", algorithmsText(cloud.ike))]
      : orAgreement(
          proposalDifferences("ikePolicy", cloud.ike, proposals, effectOf),
          "ikePolicy",
          algorithmsText(cloud.ike),
        );
  const { missingV1Option } = peer;
  return [
    ...(version === "v1" && missingV1Option !== undefined ? [dropped(missingV1Option)] : []),
    ...(versions === undefined
      ? []
      : orAgreement(versionFindings, "ikePolicy.ikeVersion", version)),
    ...modeFindings,
    ...algorithms,
  ];
};

/** The finding for a configuration without proposals. */
export function unstated(policy: string, value: string): Finding {
  return {
    verdict: "open",
    property: policy,
    cloud: value,
    text: "The peer's configuration states no proposal, so the defaults of its daemon count, which depend on its version.",
    cure: "State the proposal at the peer.",
  };
}

function dropped(option: string): Finding {
  return {
    verdict: "note",
    property: "ikePolicy.ikeVersion",
    cloud: "v1",
    text: `Newer versions of libreswan drop every packet of IKE v1 without ${option} in \`config setup\`, which this file lacks.`,
    cure: "Add it at the peer, or use IKE v2.",
  };
}

function different(property: string, cloud: string, peer: string, effect: Effect): Finding {
  return { verdict: "problem", property, cloud, peer, ...effect };
}

function effectOf(part: Part): Effect {
  return {
    text: `The peer refuses the proposal of phase 1 because of its ${WORDS[part]} (NO_PROPOSAL_CHOSEN).`,
    cure: SET_SAME_VALUE,
  };
}

const WORDS: Readonly<Record<Part, string>> = {
  encryption: "cipher",
  integrity: "hash",
  group: "group",
};
