import type { Dialect } from "../dialect";
import type { Inputs } from "../values";

/**
 * Something that JSON Schema cannot say. Gets inputs with their defaults filled in, of which any
 * may be unknown or absent; what is wrong by itself is unknown to it. Returns what is wrong and
 * where.
 */
export type Rule = (
  inputs: Inputs,
  dialect: Dialect,
) => readonly { path: readonly string[]; reason: string }[];
