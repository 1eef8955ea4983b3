/** A line of a daemon's log that names a cause. */
export interface CauseLine {
  readonly pattern: RegExp;
  readonly property: string;
  /** Whole sentences; `$1` is the first group of the pattern. */
  readonly text: string;
  readonly cure: string;
  /** Whether the line also follows each other cause, and so counts without another one alone. */
  readonly isConsequence?: true;
  /** The cause of the same line after phase 1, if it is another one. */
  readonly inPhase2?: Pick<CauseLine, "property" | "text">;
}

const SAME_PROPOSAL = "Set the same proposal at both ends; --peer-config names the difference.";
const SAME_IDENTITIES =
  "Set the identities of both ends, types included; --peer-config names the difference.";
const SAME_KEY = "Set the same key at both ends, at the peer first.";
const SAME_NETWORKS = "Set the same networks at both ends.";
const ONE_CONNECTION =
  "Create a connection at the peer for this address and this version of IKE: `pulumi-vpnaas peer` prints it.";

/**
 * The lines of strongSwan 5.9.8 and libreswan 4.10, recorded with each cause at a peer
 * (tests/fixtures/peerLogs), or from their sources. The first matching pattern counts.
 */
export const CAUSE_LINES: readonly CauseLine[] = [
  // No connection for the first packet.
  {
    pattern: /no IKE config found for (\S+), sending NO_PROPOSAL_CHOSEN/,
    property: "connection",
    text: "The peer has no connection for $1 with this version of IKE.",
    cure: ONE_CONNECTION,
  },
  {
    pattern:
      /message received (?:on \S+ )?but no (?:suitable )?connection (?:found|has been authorized)/,
    property: "connection",
    text: "The peer has no connection for the address of the cloud with this version of IKE.",
    cure: ONE_CONNECTION,
  },
  {
    pattern: /ignoring IKEv1 packet as policy is set to silently drop/,
    property: "ikePolicy.ikeVersion",
    text: "libreswan drops every packet of IKE v1.",
    cure: "Write `ikev1-policy=accept` into `config setup` at the peer, or use IKE v2.",
  },
  {
    pattern: /Aggressive Mode PSK disabled for security reasons/,
    property: "ikePolicy.phase1NegotiationMode",
    text: "strongSwan refuses the aggressive mode with a key.",
    cure: "Use the mode main, or set i_dont_care_about_security_and_use_aggressive_mode_psk at the peer.",
  },
  // Phase 1.
  {
    pattern: /received proposals unacceptable|\bno proposal found|no acceptable Oakley Transform/,
    property: "ikePolicy",
    text: "The peer refuses the proposal of phase 1.",
    cure: SAME_PROPOSAL,
  },
  {
    pattern: /no local proposal matches remote proposals 1:IKE:(\S+)/,
    property: "ikePolicy",
    text: "The peer refuses the proposal of phase 1: $1.",
    cure: SAME_PROPOSAL,
  },
  // Authentication.
  {
    pattern: /no (?:matching )?peer config found|Peer ID '.*' mismatched on first found connection/,
    property: "peerId",
    text: "The peer has no connection with the identities that the cloud presents and expects (localId, peerId).",
    cure: SAME_IDENTITIES,
  },
  {
    pattern: /tried \d+ shared keys? for .* but MAC mismatched|computed hash does not match hash/,
    property: "psk",
    text: "The keys differ, so authentication fails.",
    cure: SAME_KEY,
  },
  {
    pattern: /could not decrypt payloads|mismatch of preshared secrets/,
    property: "psk",
    text: "The keys differ, so the peer cannot decrypt the packets of the cloud.",
    cure: SAME_KEY,
  },
  {
    pattern: /no shared key found for|no PSK found for|no preshared key found for/,
    property: "psk",
    text: "The peer has no key for the identities of this tunnel.",
    cure: SAME_KEY,
  },
  {
    pattern: /IDi?r '(.+)' does not match to '/,
    property: "localId",
    text: "The cloud presents the identity $1, and the peer expects another one.",
    cure: SAME_IDENTITIES,
  },
  {
    pattern:
      /received AUTHENTICATION_FAILED (?:notify )?error|rejected by peer: AUTHENTICATION_FAILED/,
    property: "authentication",
    text: "The cloud refuses the identity or the key of the peer.",
    cure: `${SAME_IDENTITIES} ${SAME_KEY}`,
  },
  // libreswan cannot decrypt any refusal of the cloud in phase 1 of IKE v1.
  {
    pattern: /length of ISAKMP Hash Payload is larger than can fit/,
    isConsequence: true,
    property: "authentication",
    text: "The peer cannot decrypt the response of the cloud, which has another key or refuses the identity of the peer.",
    cure: `${SAME_IDENTITIES} ${SAME_KEY}`,
  },
  // Phase 2.
  {
    pattern: /no (?:acceptable|matching) proposal found|no acceptable Proposal in IPsec SA/,
    property: "ipsecPolicy",
    text: "The peer refuses the proposal of phase 2.",
    cure: SAME_PROPOSAL,
  },
  {
    pattern: /no local proposal matches remote proposals 1:(?:ESP|AH):(\S+)/,
    property: "ipsecPolicy",
    text: "The peer refuses the proposal of phase 2: $1.",
    cure: SAME_PROPOSAL,
  },
  {
    pattern: /we require PFS but Quick I1 SA specifies no GROUP_DESCRIPTION/,
    property: "ipsecPolicy.pfs",
    text: "The peer requires PFS, and the cloud proposes none.",
    cure: "Set the same PFS group at both ends.",
  },
  {
    pattern: /traffic selectors (\S+ === \S+) unacceptable|no matching CHILD_SA config found for/,
    property: "peerCidrs",
    text: "The peer has other networks, so it refuses phase 2 (TS_UNACCEPTABLE).",
    cure: SAME_NETWORKS,
  },
  {
    pattern:
      /No IKEv2 connection found with compatible Traffic Selectors|no connection is known for/,
    property: "peerCidrs",
    text: "The peer has other networks, so it refuses phase 2. libreswan accepts only the same ones.",
    cure: SAME_NETWORKS,
  },
  {
    pattern:
      /(?:received|rejected Child SA with|notification payload:) (?:TS_UNACCEPTABLE|INVALID_ID_INFORMATION)/,
    property: "peerCidrs",
    text: "The cloud refuses the networks that the peer proposes.",
    cure: SAME_NETWORKS,
  },
  {
    pattern:
      /(?:received|rejected Child SA with|notification payload:|message containing) NO_PROPOSAL_CHOSEN/,
    property: "ikePolicy",
    text: "The cloud refuses the proposal of the peer for phase 1, or has no connection for its address with this version of IKE.",
    cure: SAME_PROPOSAL,
    inPhase2: {
      property: "ipsecPolicy",
      text: "The cloud refuses the proposal of the peer for phase 2.",
    },
  },
  // Packets.
  {
    pattern:
      /giving up after \d+ retransmits|peer not responding|timeout exceeded after \d+ retransmits/,
    isConsequence: true,
    property: "status",
    text: "The cloud does not answer the packets of the peer.",
    cure: "Check that firewalls at both ends pass UDP 500, UDP 4500 and ESP.",
  },
];

/** The peer begins a negotiation. */
export const PHASE_1_BEGIN =
  /\binitiating (?:Main Mode |Aggressive Mode |)IKE_SA |\binitiating IKEv[12] (?:Main Mode |Aggressive Mode |)connection/;

/** Phase 1 has begun to live; its end without phase 2 is a refusal. */
export const PHASE_1 = /\bIKE_SA \S+ established|IKE SA established|established IKE SA/;

/** The tunnel is up: earlier causes are past. */
export const PHASE_2 = /\bCHILD_SA \S+ established|IPsec SA established/;

/** The other end has ended phase 1. */
export const PHASE_1_END = /received DELETE for IKE_SA|received Delete SA payload: self-deleting/;

/** A line of either daemon. */
export const DAEMON_LINE =
  /\d\d\[[A-Z]{3}\] |\bpluto\b|"[^"]+"(?:\[\d+\] \S+)? #\d+: |packet from /;
