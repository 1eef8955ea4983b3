import type { Kind } from "../schema/resourceType";
import type { NeutronClient, WireObject } from "../neutron/client";
import type { Place } from "./clouds";
import type { Held } from "./stackState";

/** A place with the collections that were read there. */
export interface SeenPlace {
  readonly place: Place;
  /** The login that they were read with. */
  readonly client: NeutronClient;
  /**
   * The objects of each kind that was asked for, in the login's project or held by a stack; a kind
   * that could not be read is not there.
   */
  readonly objects: ReadonlyMap<Kind, readonly WireObject[]>;
}

/** A resource and what became of it: with neither `live` nor `unseen` it is proven to be gone. */
export interface Observation extends Held {
  /** Where it was looked for; undefined where the login failed. */
  readonly at: SeenPlace | undefined;
  /** As the cloud shows it. */
  readonly live?: WireObject;
  /** Why nothing can be said of it: a whole sentence. */
  readonly unseen?: string;
}
