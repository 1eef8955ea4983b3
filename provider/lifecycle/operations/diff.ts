import { CanceledError, messageOf } from "../../errors";
import type { Dialect } from "../../dialect";
import { isRenamed, keepsAdoptedName } from "../../model/autoName";
import type { CloudResourceType, Field, ResourceType } from "../../schema/resourceType";
import { hasUnknown } from "../../model/unknowns";
import { isAbsent, sameValue } from "../../schema/equality";
import { needsWait } from "../../model/waitPolicy";
import type { Inputs, State } from "../../values";

/** The environment of a diff. */
export interface DiffEnvironment {
  readonly definition: CloudResourceType;
  readonly dialect: Dialect;
  /** The name of the Pulumi project, which identifies auto-names. */
  readonly project: string;
  /** Why the cloud would refuse any change of the object now; may fail like every request. */
  immutableReason(): Promise<string | undefined>;
}

/** The differences between new inputs and an object's state. */
export interface DiffResult {
  readonly changes: boolean;
  /** The inputs that differ in meaning; there may be none though there are changes. */
  readonly changed: readonly Field[];
  /** Inputs whose change needs another object. */
  readonly replaces: readonly string[];
  /**
   * Whether a replacement deletes first: the one that the result demands, or one that an option
   * demands instead of an update, such as `replaceOnChanges`.
   */
  readonly deleteBeforeReplace: boolean;
}

/** The differences of an object in the cloud. */
export interface ObjectDiff extends DiffResult {
  /**
   * Why the object is replaced although its API supports the change, as a clause; undefined if it
   * does not, and without a replacement. {@link replacementNotice} is the sentence for the user.
   */
  readonly immutableReason?: string | undefined;
}

/**
 * Compares the state (outputs) with new inputs by meaning. An input without a value and a default
 * is neither a desired value nor a change, unless it was set at creation and has since been removed
 * from the program (`subnetId`, `cloud`). An unknown value counts as changed. An object that has
 * not settled, or is in ERROR, counts as changed too, so that the next `up` continues its wait.
 *
 * If the API supports the change but the cloud would refuse it now (a policy in use), the object is
 * replaced; a policy is also replaced if the cloud does not respond.
 */
export async function diff(
  environment: DiffEnvironment,
  state: State,
  inputs: Inputs,
): Promise<ObjectDiff> {
  const { definition } = environment;
  const changed = changedFields(environment, state, inputs);
  const createOnly = changed.filter((field) => field.createOnly);
  const reason =
    createOnly.length > 0 ? undefined : await reasonForReplacement(environment, changed);
  const replaced = reason === undefined ? createOnly : changed;
  return {
    changes: changed.length > 0 || needsWait(definition, state, inputs),
    changed,
    replaces: replaced.map((field) => field.name),
    deleteBeforeReplace: conflictsWithOld(definition, changed, inputs),
    immutableReason: reason,
  };
}

/** Whether a new object would conflict with the old one, from which it differs in those fields. */
function conflictsWithOld(
  { identity }: CloudResourceType,
  changed: readonly Field[],
  inputs: Inputs,
): boolean {
  const mayConflict = (field: Field) =>
    field.name !== "cloud" && (!identity.includes(field.name) || mayStaySame(field, inputs));
  return identity.length > 0 && changed.every(mayConflict);
}

/**
 * Whether the object is replaced because the one that it cannot do without is: that one's id is
 * unknown. If it is deleted first, the engine deletes this object before it.
 */
export function isDependent(
  { identity }: CloudResourceType,
  { changed }: Pick<DiffResult, "changed">,
  inputs: Inputs,
): boolean {
  return changed.some(
    ({ name, refersTo }) =>
      refersTo !== undefined && identity.includes(name) && hasUnknown(inputs[name]),
  );
}

/**
 * Whether a changed input may turn out to have its old value: an unknown one may. The unknown id of an
 * object of this package may not, since that object does not exist yet.
 */
function mayStaySame({ name, refersTo }: Field, inputs: Inputs): boolean {
  return refersTo === undefined && hasUnknown(inputs[name]);
}

/** The sentence about an object that is replaced for that reason. */
export function replacementNotice(subject: string, immutableReason: string): string {
  return `${subject} is replaced, since it cannot be changed: ${immutableReason}.`;
}

/**
 * The inputs that differ in meaning from the state. A change from one auto-name to another is not a
 * change by itself, but is sent along with other changes.
 */
export function changedFields(
  environment: Pick<DiffEnvironment, "dialect" | "project"> & { readonly definition: ResourceType },
  state: State,
  inputs: Inputs,
): Field[] {
  const { definition, dialect, project } = environment;
  const keepsName = keepsAdoptedName(definition, project, state["adopt"], inputs);
  const changed = definition.fields.filter((field) => {
    if (!field.input[dialect] || field.once) return false;
    const desired = inputs[field.name];
    if (isAbsent(desired) && isAbsent(field.default)) return isRemovedFromProgram(field, state);
    if (field.name === "name" && keepsName) return false;
    return hasUnknown(desired) || !sameValue(field, state[field.name], desired);
  });
  const others = changed.filter((field) => field.name !== "name");
  const isSent = others.some((field) => !field.local);
  return isSent || !isRenamed(definition, project, state["name"], inputs) ? changed : others;
}

/**
 * True if the input was set at creation and has since been removed from the program. Adopted
 * objects never had it set.
 */
function isRemovedFromProgram(field: Field, state: State): boolean {
  if (!field.createOnly || field.chosen || isAbsent(state[field.name])) return false;
  return field.local || isAbsent(state["adopt"]);
}

async function reasonForReplacement(
  environment: DiffEnvironment,
  changed: readonly Field[],
): Promise<string | undefined> {
  if (changed.every((field) => field.local)) return undefined;
  try {
    return await environment.immutableReason();
  } catch (error) {
    if (CanceledError.isInstance(error)) throw error;
    // A type whose replacement deletes first, along with its dependents, is not replaced on a
    // guess.
    if (environment.definition.identity.length > 0) return undefined;
    return `it is unknown whether it is in use (${messageOf(error)})`;
  }
}
