import type { Dialect } from "../dialect";
import type { Field, Values } from "./definition";
import type { Resource } from "./resource";
import { hasUnknown } from "./unknowns";
import { isAbsent, sameValue } from "./values";
import { needsWait } from "./waitFor";

/** How new inputs differ from an object's state. */
export interface DiffResult {
  readonly changes: boolean;
  /** Inputs whose change needs another object. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/**
 * Compares the state (outputs) with new inputs by meaning. An input that is not given and has no
 * default is no wish and never a change. An unknown value counts as changed. An object that has
 * not settled, or is in ERROR, counts as changed too, so that the next `up` continues its wait.
 */
export function diff(
  resource: Resource,
  dialect: Dialect,
  state: Values,
  inputs: Values,
): DiffResult {
  const { fields } = resource.definition;
  const changed = changedFields(fields, dialect, state, inputs);
  const replaced = changed.filter((field) => field.createOnly);
  const same = (name: string) => !changed.some((field) => field.name === name);
  return {
    changes: changed.length > 0 || needsWait(state, inputs),
    replaces: replaced.map((field) => field.name),
    deleteBeforeReplace:
      replaced.length > 0 &&
      (replaced.some((field) => hasUnknown(inputs[field.name])) || resource.identity.every(same)),
  };
}

/** The inputs that differ from the state by meaning. */
export function changedFields(
  fields: readonly Field[],
  dialect: Dialect,
  state: Values,
  inputs: Values,
): Field[] {
  return fields.filter((field) => {
    if (!field.input[dialect]) return false;
    const wish = inputs[field.name];
    if (isAbsent(wish) && isAbsent(field.default)) return false;
    return hasUnknown(wish) || !sameValue(field, state[field.name], wish);
  });
}
