import type { Dialect } from "../dialect";
import type { Inputs } from "../values";

/**
 * A rule that JSON Schema cannot express. Receives the inputs with their defaults filled in, of
 * which any may be unknown or absent; invalid inputs are presented as unknown. Returns the problems
 * with their paths.
 */
export type Rule = (
  inputs: Inputs,
  dialect: Dialect,
) => readonly { path: readonly string[]; reason: string }[];
