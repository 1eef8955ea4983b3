import type { CloudEnd } from "./cloudEnd";
import type { CloudPeer } from "./cloudPeer";
import type { Finding } from "./finding";
import { settingsOf, type PeerSettings } from "./peerSettings";
import { PEER_RULES } from "./rules";
import type { EndRule } from "./rules/rule";
import { isSetUpByAgent, isSwitchedOn } from "./rules/status";

/** The connections that may be the other end. */
export interface PeerCandidates {
  /** The connections of the peer's files; undefined if no file was given. */
  readonly settings?: readonly PeerSettings[] | undefined;
  /** The peer in a cloud, if it was found. */
  readonly cloudPeer?: CloudPeer | undefined;
  /** The key that the stack has ready for the next rotation. */
  readonly nextPsk?: string | undefined;
}

/** The result of a comparison. */
export interface Compared {
  /** Undefined if the peer is unknown. */
  readonly comparedWith: string | undefined;
  readonly findings: readonly Finding[];
  /** The keys of the peer. */
  readonly secrets: readonly string[];
}

/** Compares an end with the connection of the peer that differs least. */
export function compareWithPeer(
  { view }: CloudEnd,
  { settings, cloudPeer, nextPsk }: PeerCandidates,
): Compared {
  const candidates = candidatesOf(settings, cloudPeer);
  if (view === undefined || candidates === undefined) {
    return { comparedWith: undefined, findings: [], secrets: [] };
  }
  const secrets = candidates
    .flatMap(({ peer: { psk, otherKeys = [] } }) => [psk, ...otherKeys])
    .filter((one) => one !== undefined);
  const results = candidates.map(({ peer, title, findings }) => ({
    comparedWith: title,
    findings: [...findings, ...PEER_RULES.flatMap((rule) => rule({ cloud: view, peer, nextPsk }))],
    secrets,
  }));
  const problems = ({ findings }: Compared) =>
    findings.filter(({ verdict }) => verdict === "problem").length;
  const [best] = results.sort((one, other) => problems(one) - problems(other));
  if (best !== undefined) return best;
  return {
    comparedWith: cloudPeer?.service ?? "the peer's configuration",
    findings: [noConnection(view.local.address, cloudPeer)],
    secrets,
  };
}

/** A connection of the peer with the findings that concern it alone. */
interface Candidate {
  readonly title: string;
  readonly peer: PeerSettings;
  readonly findings: readonly Finding[];
}

function candidatesOf(
  settings: readonly PeerSettings[] | undefined,
  cloudPeer: CloudPeer | undefined,
): readonly Candidate[] | undefined {
  if (settings !== undefined) {
    return settings.map((peer) => ({
      title: `connection ${peer.name} of the peer's configuration`,
      peer,
      findings: [],
    }));
  }
  return cloudPeer?.ends.flatMap((end) => {
    const { view } = end;
    if (view === undefined) return [];
    return [
      {
        title: `connection ${view.name} (${end.id}) of ${cloudPeer.service}`,
        peer: settingsOf(view),
        findings: [isSwitchedOn, isSetUpByAgent].flatMap((rule: EndRule) =>
          rule(end, { isPeerKnown: true }).map(atPeer),
        ),
      },
    ];
  });
}

function atPeer({ cloud, ...finding }: Finding): Finding {
  const peer = cloud === undefined ? {} : { peer: cloud };
  return { ...finding, ...peer, text: `At the peer: ${finding.text}` };
}

function noConnection(address: string | undefined, cloudPeer: CloudPeer | undefined): Finding {
  return {
    verdict: "problem",
    property: "peerAddress",
    text:
      cloudPeer === undefined
        ? "The peer's configuration has no connection."
        : `The peer is ${cloudPeer.service}, which has no connection to ${address ?? "this end"}.`,
    cure: "Create it: `pulumi-vpnaas peer` prints it.",
  };
}
