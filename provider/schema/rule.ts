import type { Dialect } from "../dialect";
import type { Inputs } from "../values";

/** A problem with inputs. */
export interface RuleProblem {
  readonly path: readonly string[];
  /** Contains no value. */
  readonly reason: string;
  /** The inputs are valid, and the problem is only reported. */
  readonly isWarning?: true;
}

/**
 * A rule that JSON Schema cannot express. Receives the inputs with their defaults filled in, of
 * which any may be unknown or absent; invalid inputs are presented as unknown. Returns the problems
 * with their paths.
 */
export type Rule = (inputs: Inputs, dialect: Dialect) => readonly RuleProblem[];
