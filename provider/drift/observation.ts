import type { Kind } from "../schema/resourceType";
import type { NeutronClient, WireObject } from "../neutron/client";
import type { CloudProject } from "./clouds";
import type { Held } from "./stackState";

/** A project with the collections that were read there. */
export interface ObservedProject {
  readonly cloudProject: CloudProject;
  /** The login that read them. */
  readonly client: NeutronClient;
  /**
   * The objects of each requested type that are in the login's project or that a stack owns; types
   * that could not be read are missing.
   */
  readonly objects: ReadonlyMap<Kind, readonly WireObject[]>;
}

/** A resource with its observation: with neither `live` nor `unseen` its deletion is proven. */
export interface Observation extends Held {
  /** The project in which it was searched; undefined if the login failed. */
  readonly at: ObservedProject | undefined;
  /** The object in the cloud. */
  readonly live?: WireObject;
  /** Why the resource could not be observed: a whole sentence. */
  readonly unseen?: string;
}
