import type { DiffResult } from "../lifecycle/operations/diff";
import { isAbsent, isPlainObject, sameValue } from "../schema/equality";
import type { Field } from "../schema/resourceType";
import type { Inputs, State, Values } from "../values";
import type { Call, ResourceHandler } from "./handler";

/** A changed property: a path such as `dpd.interval`, which may be inside an object. */
export interface PropertyChange {
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  readonly replaces: boolean;
}

/**
 * The properties behind the result of a diff. A resource whose operation is unfinished changes in
 * its `status`, and one whose secret marks change in the marked inputs.
 */
export function propertyChanges(
  call: Call,
  { type }: ResourceHandler,
  { changes, changed, replaces }: DiffResult,
  state: State,
  inputs: Inputs,
): PropertyChange[] {
  if (!changes && replaces.length === 0) return [];
  const found = changed.flatMap((field) =>
    pathsOf(field, state[field.name], inputs[field.name]).map((one) => ({
      ...one,
      replaces: replaces.includes(field.name),
    })),
  );
  const marks = [...call.secretInputs, ...call.storedSecretInputs]
    .filter((name) => call.secretInputs.has(name) !== call.storedSecretInputs.has(name))
    .filter((name) => !changed.some((field) => field.name === name));
  const all = [...found, ...marks.map((path) => update(path))];
  if (all.length > 0) return all;
  const status = type.fields.find(({ name }) => name === "status" || name === "statuses");
  return status === undefined ? [] : [update(status.name)];
}

function update(path: string): PropertyChange {
  return { path, kind: "update", replaces: false };
}

function pathsOf(
  field: Field,
  before: unknown,
  after: unknown,
): Omit<PropertyChange, "replaces">[] {
  if (!isPlainObject(before) || !isPlainObject(after) || !isPlainObject(field.default)) {
    return [{ path: field.name, kind: kindOf(before, after) }];
  }
  const defaults = field.default as Values;
  return Object.keys({ ...before, ...after })
    .filter(
      (name) =>
        !sameValue(
          field,
          { ...defaults, [name]: before[name] },
          { ...defaults, [name]: after[name] },
        ),
    )
    .map((name) => ({ path: `${field.name}.${name}`, kind: kindOf(before[name], after[name]) }));
}

function kindOf(before: unknown, after: unknown): PropertyChange["kind"] {
  if (isAbsent(before)) return "add";
  return isAbsent(after) ? "delete" : "update";
}
