import type { Dialect } from "../../../provider/dialect";
import type { Kind, Values } from "../../../provider/schema/resourceType";
import { diff, type DiffEnvironment } from "../../../provider/lifecycle/operations/diff";
import { aState, checkedInputs, resourceOf } from "./kinds";

/** Parts of the diff without a change, and of the diff of an update. */
export const NONE = { changes: false, replaces: [] };
export const IN_PLACE = { changes: true, replaces: [] };

/** Parts of the diff of a replacement; with the reason why the cloud would refuse a change, if it does. */
export function replacing(
  names: readonly string[],
  order: "delete first" | "create first",
  immutableReason?: string,
) {
  const deleteBeforeReplace = order === "delete first";
  return { changes: true, replaces: names, deleteBeforeReplace, immutableReason };
}

/** The environment of a diff: the cloud would refuse no change by default. */
export function anEnvironment(kind: Kind, changes: Partial<DiffEnvironment> = {}): DiffEnvironment {
  const { definition } = resourceOf(kind);
  return {
    definition,
    dialect: "neutron",
    project: "network",
    immutableReason: () => Promise.resolve(undefined),
    ...changes,
  };
}

/** The diff between a state and the checked inputs of a type with changes. */
export function compare(
  kind: Kind,
  changes: Values,
  state: Values = aState(kind),
  environment: Partial<DiffEnvironment> & { readonly dialect?: Dialect } = {},
) {
  const inputs = checkedInputs(kind, changes, environment.dialect);
  return diff(anEnvironment(kind, environment), state, inputs);
}
