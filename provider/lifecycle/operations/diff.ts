import { messageOf } from "../../errors";
import type { Dialect } from "../../dialect";
import type { Log } from "../../log";
import { isRenamed, keepsAdoptedName } from "../../model/autoName";
import type { CloudResourceType, Field, ResourceType } from "../../schema/resourceType";
import { hasUnknown } from "../../model/unknowns";
import { isAbsent, sameValue } from "../../schema/equality";
import { needsWait } from "../../model/waitPolicy";
import type { Inputs, State } from "../../values";

/** What a diff is made in. */
export interface DiffRoom {
  readonly definition: CloudResourceType;
  /** How the object is called in messages. */
  readonly subject: string;
  readonly dialect: Dialect;
  /** Name of the Pulumi project, by which default names are told. */
  readonly project: string;
  readonly log: Log;
  /** Why the cloud would refuse any change of the object now; may fail like every request. */
  locked(): Promise<string | undefined>;
}

/** How new inputs differ from an object's state. */
export interface DiffResult {
  readonly changes: boolean;
  /** Inputs whose change needs another object. */
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
}

/**
 * Compares the state (outputs) with new inputs by meaning. An input that is not given and has no
 * default is no wish and no change, unless it was given at creation and the program has dropped it
 * (`subnetId`, `cloud`). An unknown value counts as changed. An object that has
 * not settled, or is in ERROR, counts as changed too, so that the next `up` continues its wait.
 *
 * Where a change is one that the API could make, but would refuse now (a policy in use), the object
 * is replaced; so is a policy where the cloud cannot be asked.
 */
export async function diff(room: DiffRoom, state: State, inputs: Inputs): Promise<DiffResult> {
  const { definition } = room;
  const changed = changedFields(room, state, inputs);
  const createOnly = changed.filter((field) => field.createOnly);
  const replaced =
    createOnly.length === 0 && (await isRefusedNow(room, changed)) ? changed : createOnly;
  const same = (name: string) => !changed.some((field) => field.name === name);
  const { identity } = definition;
  return {
    changes: changed.length > 0 || needsWait(definition, state, inputs),
    replaces: replaced.map((field) => field.name),
    deleteBeforeReplace:
      replaced.length > 0 &&
      identity.length > 0 &&
      same("cloud") &&
      (replaced.some((field) => hasUnknown(inputs[field.name])) || identity.every(same)),
  };
}

/**
 * The inputs that differ from the state by meaning. One default name in the place of another asks for
 * nothing by itself; it is sent along with what else is to be sent.
 */
export function changedFields(
  room: Pick<DiffRoom, "dialect" | "project"> & { readonly definition: ResourceType },
  state: State,
  inputs: Inputs,
): Field[] {
  const { definition, dialect, project } = room;
  const keepsName = keepsAdoptedName(definition, project, state["adopt"], inputs);
  const changed = definition.fields.filter((field) => {
    if (!field.input[dialect] || field.once) return false;
    const wish = inputs[field.name];
    if (isAbsent(wish) && isAbsent(field.default)) return isTakenAway(field, state);
    if (field.name === "name" && keepsName) return false;
    return hasUnknown(wish) || !sameValue(field, state[field.name], wish);
  });
  const others = changed.filter((field) => field.name !== "name");
  const isSent = others.some((field) => !field.local);
  return isSent || !isRenamed(definition, project, state["name"], inputs) ? changed : others;
}

/** What is there because somebody gave it at creation; what was adopted nobody gave. */
function isTakenAway(field: Field, state: State): boolean {
  if (!field.createOnly || field.chosen || isAbsent(state[field.name])) return false;
  return field.local || isAbsent(state["adopt"]);
}

async function isRefusedNow(room: DiffRoom, changed: readonly Field[]): Promise<boolean> {
  if (changed.every((field) => field.local)) return false;
  const because = await room.locked().catch((error: unknown) => {
    // What would be deleted first, with all that stands on it, is not replaced on a guess.
    if (room.definition.identity.length > 0) return undefined;
    return `it cannot be asked whether it is in use (${messageOf(error)})`;
  });
  if (because === undefined) return false;
  room.log.once(`${room.subject} is replaced, since it cannot be changed: ${because}.`);
  return true;
}
