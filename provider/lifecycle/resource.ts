import type { Dialect } from "../dialect";
import type { Rule } from "./check";
import type { Context } from "./context";
import type { Definition, Values } from "./definition";

/** A kind of resource: its definition and what JSON cannot say of it. */
export interface Resource {
  readonly definition: Definition;
  readonly rules: readonly Rule[];
  /** Why the cloud would refuse any change of that object now, where the kind has reasons of its own. */
  readonly locked?: (context: Context, id: string, state: Values) => Promise<string | undefined>;
  /** What to check when an object settles as DOWN; said once in a run. */
  readonly downChecklist?: (dialect: Dialect) => string;
  /** What any change of such an object does to its neighbors; said once in a run. */
  readonly changeNotice?: string;
}
