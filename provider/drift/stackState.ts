import type { Sources } from "../config/settings";
import type { Kind } from "../schema/resourceType";
import type { Inputs, State } from "../values";

/** What a stack holds of this provider, and how its clouds are reached. */
export interface StackState {
  readonly name: string;
  /** The Pulumi project. */
  readonly project: string;
  /** The stack configuration after `vpnaas:`, decrypted where that was possible. */
  readonly config: Sources["stack"];
  readonly resources: readonly HeldResource[];
  /** Whether the secrets of the state could be decrypted. */
  readonly secretsRead: boolean;
  /** What is to be said of the state itself: whole sentences. */
  readonly notes: readonly string[];
  /** Absent where nothing tells of a run that has not ended. */
  readonly unfinished?: Unfinished;
}

/** A run that is at work on a stack, or was cut short: what it does meanwhile is in no state. */
export interface Unfinished {
  /** When it locked the stack, where that is known: ISO 8601, UTC. */
  readonly lockedSince?: string;
  /** The operations on resources of this provider that it has begun and not ended. */
  readonly pending: readonly {
    readonly urn: string;
    /** The engine's word, such as `creating`. */
    readonly type: string;
  }[];
}

/** A resource in the state of a stack. */
export interface HeldResource {
  readonly urn: string;
  /** Logical name. */
  readonly name: string;
  readonly kind: Kind;
  readonly id: string;
  /** What the program declared at the last `up`, or what the last `refresh` saw. */
  readonly inputs: Inputs;
  readonly outputs: State;
  /** Names of the properties that the state keeps secret. */
  readonly secret: ReadonlySet<string>;
  /** Those of them that could not be decrypted: they are in neither inputs nor outputs. */
  readonly unread: ReadonlySet<string>;
  /** When the state last recorded it: ISO 8601, UTC. */
  readonly recordedAt?: string;
  /**
   * Names of the options of Pulumi that the state keeps for it and that change what an `up` does, such
   * as `protect`.
   */
  readonly options: readonly string[];
  /** A replacement has its place already, or it was only looked up: it is known, but not compared. */
  readonly isCompared: boolean;
}

/** A resource with the stack that has it. */
export interface Held {
  readonly stack: StackState;
  readonly resource: HeldResource;
}
