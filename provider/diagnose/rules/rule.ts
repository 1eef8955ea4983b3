import type { TunnelView } from "../../tunnel/tunnelView";
import type { CloudEnd } from "../cloudEnd";
import type { Finding } from "../finding";
import type { PeerSettings } from "../peerSettings";

/** A rule about one end, by its API alone. */
export type EndRule = (end: CloudEnd, context: EndContext) => readonly Finding[];

/** Further knowledge of an {@link EndRule}. */
export interface EndContext {
  /** Whether the settings of the peer are compared as well. */
  readonly isPeerKnown: boolean;
}

/** A rule that compares the cloud's end with the settings of the peer. */
export type PeerRule = (comparison: Comparison) => readonly Finding[];

/** Both ends of a tunnel. */
export interface Comparison {
  /** As the cloud's end sees it. */
  readonly cloud: TunnelView;
  readonly peer: PeerSettings;
  /** The key that the stack has ready for the next rotation. */
  readonly nextPsk?: string | undefined;
}
