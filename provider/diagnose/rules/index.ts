import { addressesMatch } from "./addresses";
import {
  addressesArePublic,
  agentKnowsAlgorithms,
  cipherFitsVersion,
  gatewayIsOutside,
  identitiesHaveTheirTypes,
  mayInitiate,
  passesPreflight,
} from "./ends";
import { identitiesMatch } from "./identities";
import { keysMatch } from "./key";
import { networksMatch } from "./networks";
import { phase1Matches } from "./phase1";
import { phase2Matches } from "./phase2";
import type { EndRule, PeerRule } from "./rule";
import { isSetUpByAgent, isSwitchedOn } from "./status";
import { lifetimesMatch, oneEndInitiates } from "./timers";

/** The rules about an end, by its API alone. */
export const END_RULES: readonly EndRule[] = [
  isSwitchedOn,
  isSetUpByAgent,
  passesPreflight,
  identitiesHaveTheirTypes,
  gatewayIsOutside,
  addressesArePublic,
  cipherFitsVersion,
  agentKnowsAlgorithms,
  mayInitiate,
];

/** The rules that compare both ends, in the order of a negotiation. */
export const PEER_RULES: readonly PeerRule[] = [
  addressesMatch,
  phase1Matches,
  identitiesMatch,
  keysMatch,
  networksMatch,
  phase2Matches,
  lifetimesMatch,
  oneEndInitiates,
];
