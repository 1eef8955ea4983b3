import type { Sources } from "../config/settings";
import type { Kind } from "../schema/resourceType";
import type { Inputs, State } from "../values";

/** The resources of this provider in a stack, and the settings of their clouds. */
export interface StackState {
  readonly name: string;
  /** The Pulumi project. */
  readonly project: string;
  /** The stack configuration after `vpnaas:`, decrypted if possible. */
  readonly config: Sources["stack"];
  /** The stack configuration after `openstack:`. */
  readonly openstack?: Sources["openstack"];
  readonly resources: readonly HeldResource[];
  /** The keys of every PreSharedKey that could be decrypted; absent if there are none. */
  readonly preSharedKeys?: readonly KeyPair[];
  /** Whether the secrets of the state could be decrypted. */
  readonly secretsRead: boolean;
  /** Remarks on the state itself: whole sentences. */
  readonly notes: readonly string[];
  /** Absent if there is no sign of an unfinished run. */
  readonly unfinished?: Unfinished;
}

/** The keys of a PreSharedKey. */
export interface KeyPair {
  readonly current: string;
  readonly next: string;
}

/** A run that is active on a stack or was interrupted: the state does not show its changes. */
export interface Unfinished {
  /** When the run locked the stack, if that is known: ISO 8601, UTC. */
  readonly lockedSince?: string;
  /** Its unfinished operations on resources of this provider. */
  readonly pending: readonly {
    readonly urn: string;
    /** The engine's word, such as `creating`. */
    readonly type: string;
  }[];
}

/** A resource in the state of a stack. */
export interface HeldResource {
  readonly urn: string;
  /** The logical name. */
  readonly name: string;
  readonly kind: Kind;
  readonly id: string;
  /** The arguments of the provider that the program creates for it; undefined: the stack configuration applies. */
  readonly provider?: Sources["stack"] | undefined;
  /** The inputs that the program declared at the last `up`, or that the last `refresh` observed. */
  readonly inputs: Inputs;
  readonly outputs: State;
  /** The names of the properties that the state keeps secret. */
  readonly secret: ReadonlySet<string>;
  /** Those of them that could not be decrypted; inputs and outputs lack them. */
  readonly unread: ReadonlySet<string>;
  /** When the state last recorded it: ISO 8601, UTC. */
  readonly recordedAt?: string;
  /**
   * The names of the resource options of Pulumi that the state records for it and that change the
   * effect of an `up`, such as `protect`.
   */
  readonly options: readonly string[];
  /**
   * False for a resource that was already replaced, or only looked up: it is known, but not
   * compared.
   */
  readonly isCompared: boolean;
}

/** A resource together with its stack. */
export interface Held {
  readonly stack: StackState;
  readonly resource: HeldResource;
}
