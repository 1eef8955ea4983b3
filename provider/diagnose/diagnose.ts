import { redact } from "../http/redact";
import { nameOf } from "../model/labels";
import type { CloudEnd } from "./cloudEnd";
import { compareWithPeer, type PeerCandidates } from "./compareWithPeer";
import type { Finding } from "./finding";
import { isExplained } from "./logs/explanation";
import { END_RULES } from "./rules";
import { isActive, statusOf } from "./rules/status";

/** The result for one connection. It contains no secret. */
export interface Diagnosis {
  readonly id: string;
  /** The name of the resource, or of the connection in the cloud. */
  readonly name: string;
  readonly status: string;
  /** The address of the cloud's end, if it is known. */
  readonly cloudAddress: string | undefined;
  /** The address of the peer, if it is known. */
  readonly peerAddress: string | undefined;
  /** Such as `connection office of the peer's configuration`; undefined without a comparison. */
  readonly comparedWith: string | undefined;
  /** Problems first. */
  readonly findings: readonly Finding[];
}

/** Knowledge of the peer. */
export interface PeerKnowledge extends PeerCandidates {
  /** Why a cloud could not be searched for the peer: whole sentences. */
  readonly searchProblems?: readonly string[];
  /** The causes that the peer's log names; undefined if no log was given. */
  readonly log?: readonly Finding[] | undefined;
  /** The result of a probe; undefined if none was sent. */
  readonly probe?: Finding | undefined;
  /** Strings that no finding may contain, besides the keys. */
  readonly secrets?: readonly string[];
}

/** Compares a connection with its peer, as far as the peer is known. */
export function diagnose(end: CloudEnd, peer: PeerKnowledge = {}): Diagnosis {
  const compared = compareWithPeer(end, peer);
  const context = { isPeerKnown: compared.comparedWith !== undefined };
  const found = [
    ...END_RULES.flatMap((rule) => rule(end, context)),
    ...(end.viewProblem === undefined ? [] : [openFinding("vpnService", end.viewProblem)]),
    ...(peer.searchProblems ?? []).map((one) => openFinding("peerAddress", one)),
    ...compared.findings,
    ...(peer.probe === undefined ? [] : [unlessActive(peer.probe, end)]),
    ...(peer.log === undefined ? [] : logged(peer.log, end, compared.findings)),
  ];
  const all = [...found, ...remaining(end, found, context.isPeerKnown)];
  const { psk } = end.connection;
  const keys = [psk, peer.nextPsk].filter((one) => typeof one === "string");
  const secrets = [...keys, ...compared.secrets, ...(peer.secrets ?? [])];
  const shown = (value: string | undefined) => value && redact(value, secrets);
  return {
    id: end.id,
    name: redact(nameOf(end.connection), secrets),
    status: statusOf(end),
    cloudAddress: shown(end.view?.local.address),
    peerAddress: shown(end.view?.remote.address),
    comparedWith: shown(compared.comparedWith),
    findings: ORDER.flatMap((verdict) => all.filter((one) => one.verdict === verdict)).map((one) =>
      withoutSecrets(one, secrets),
    ),
  };
}

const ORDER: readonly Finding["verdict"][] = ["problem", "note", "open", "ok"];

/** The causes of a log, except those that the comparison names as well. */
function logged(
  causes: readonly Finding[],
  end: CloudEnd,
  compared: readonly Finding[],
): readonly Finding[] {
  if (causes.length === 0) {
    return [{ verdict: "ok", property: "log", cloud: "no cause", text: "The log names no cause." }];
  }
  return causes
    .filter((one) => !isExplained(one, compared))
    .map((one) => (one.property === "status" ? unlessActive(one, end) : one));
}

/** Packets arrive if the tunnel is up, so the log or the probe is about another time or host. */
function unlessActive(finding: Finding, end: CloudEnd): Finding {
  const isRefuted = finding.verdict === "problem" && isActive(end);
  return isRefuted ? { ...finding, verdict: "open" } : finding;
}

function openFinding(property: string, text: string): Finding {
  return { verdict: "open", property, text };
}

/** The remark on a status that no finding explains, and on a peer that was not compared. */
function remaining(end: CloudEnd, found: readonly Finding[], isPeerKnown: boolean): Finding[] {
  const hasProblem = found.some(({ verdict }) => verdict === "problem");
  if (isActive(end)) {
    return isPeerKnown
      ? []
      : [open("The peer was not compared; an ACTIVE tunnel may go down later.", COMPARE)];
  }
  if (hasProblem) return isPeerKnown ? [] : [open("The peer was not compared.", COMPARE)];
  const text = isPeerKnown
    ? "The configurations agree, so packets do not arrive, or the status is old: a stock agent reports it once a minute."
    : "The API shows no reason for it.";
  const cure = isPeerKnown
    ? "Ask again after a minute. Firewalls at both ends have to pass UDP 500, UDP 4500 and ESP: run this on the peer with --probe, and give its log (--peer-log FILE)."
    : COMPARE;
  return [{ verdict: "problem", property: "status", cloud: statusOf(end), text, cure }];
}

const COMPARE =
  "Give the peer's configuration (--peer-config FILE), its log (--peer-log FILE), or both.";

function open(text: string, cure: string): Finding {
  return { verdict: "open", property: "status", text, cure };
}

function withoutSecrets(finding: Finding, secrets: readonly string[]): Finding {
  const { cloud, peer, text, cure } = finding;
  const clean = (value: string) => redact(value, secrets);
  return {
    ...finding,
    text: clean(text),
    ...(cloud !== undefined && { cloud: clean(cloud) }),
    ...(peer !== undefined && { peer: clean(peer) }),
    ...(cure !== undefined && { cure: clean(cure) }),
  };
}
