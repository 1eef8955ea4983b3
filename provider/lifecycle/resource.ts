import type { Rule } from "./check";
import type { Dialect } from "../dialect";
import type { Definition } from "./definition";

/** A kind of resource: its definition and what JSON cannot say of it. */
export interface Resource {
  readonly definition: Definition;
  readonly rules: readonly Rule[];
  /**
   * Inputs by which two objects are in each other's way: where all of them stay the same, a
   * replacement deletes the old object before it creates the new one.
   */
  readonly identity: readonly string[];
  /** What to check when an object settles as DOWN; said once in a run. */
  readonly downChecklist: (dialect: Dialect) => string;
  /** What any change of such an object does to its neighbors; said once in a run. */
  readonly changeNotice: string;
}
