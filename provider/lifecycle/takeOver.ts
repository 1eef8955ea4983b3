import { LockedError, messageOf, PartialFailureError, VpnaasError } from "../errors";
import type { WireObject } from "../neutron/client";
import { applyChange } from "./change";
import { type Context, label, nameOf, type TimedContext } from "./context";
import { isDefaultName } from "./defaultName";
import type { Values } from "./definition";
import { changeableFields, givenFields, matches } from "./given";
import { statusOf } from "./settle";
import { isAbsent } from "./values";
import { outputsOf } from "./wire";

/** A new object of the state and its outputs. */
export interface Created {
  readonly id: string;
  readonly outputs: Record<string, unknown>;
}

/** What an earlier run of this very resource made and could not record; says so. */
export function leftBehind(
  context: Context,
  inputs: Values,
  twins: readonly WireObject[],
): WireObject | undefined {
  const { holdings, project, resource } = context;
  if (!isDefaultName(resource.definition, project, nameOf(inputs), inputs)) {
    sayTwins(context, inputs, twins);
    return undefined;
  }
  const own = givenFields(context, inputs).filter(
    (field) => field.createOnly || resource.definition.identity.includes(field.name),
  );
  const candidates = twins.filter(
    (one) =>
      statusOf(one) !== "PENDING_DELETE" && !holdings.isHeld(one.id) && matches(one, inputs, own),
  );
  if (candidates.length > 1) throw ambiguous(context, inputs, candidates);
  const [left] = candidates;
  if (left !== undefined) {
    context.log.info(
      `${label(context, left.id, left)} is there already, under the name that is this resource's own: it was made by an earlier run that could not record it, and is taken over. ` +
        "If the engine warns of a pending operation, `pulumi refresh --clear-pending-creates` ends that.",
    );
  }
  return left;
}

/** A name from the program proves nothing; but what a killed run left under it is in nobody's state. */
function sayTwins(context: Context, inputs: Values, twins: readonly WireObject[]): void {
  const fields = givenFields(context, inputs);
  for (const one of twins) {
    if (context.holdings.isHeld(one.id) || !matches(one, inputs, fields)) continue;
    context.log.info(
      `warning: ${label(context, one.id, one)} is there already, with the same name and the same inputs; another one is made. ` +
        "If a run that was killed made it, no state holds it: delete it, or adopt it in place of the new one.",
    );
  }
}

/**
 * An object that from now on is the resource's own: no other one of this run can have it.
 * @throws VpnaasError where another resource of this run has it already.
 */
export function claimed(context: Context, object: WireObject): WireObject {
  if (context.holdings.claim(object.id)) return object;
  throw heldByAnother(context, object);
}

/** The error for an object that cannot be adopted because another resource of this run has it. */
export function heldByAnother(context: Context, object: WireObject): VpnaasError {
  return new VpnaasError(
    `${label(context, object.id, object)} cannot be adopted: another resource of this stack holds it.`,
  );
}

/**
 * Brings an object that exists and is {@link claimed} to the inputs.
 * @throws LockedError where that would be refused, and it is not taken over then - unless it is one
 * that the next `up` replaces; PartialFailureError for anything else that fails.
 */
export async function takeOver(
  context: TimedContext,
  inputs: Values,
  object: WireObject,
): Promise<Created> {
  const { id } = object;
  const { holdings, resource } = context;
  try {
    const fields = changeableFields(context, inputs);
    return { id, outputs: await applyChange(context, { id, fields, inputs, declared: inputs }) };
  } catch (error) {
    if (PartialFailureError.isInstance(error)) throw error;
    const isSomebodys = !isAbsent(inputs["adopt"]) || resource.definition.fixedInUse;
    if (LockedError.isInstance(error) && isSomebodys) {
      holdings.release(id);
      throw error;
    }
    throw new PartialFailureError(id, outputsOf(context, object, inputs), messageOf(error));
  }
}

/** The error for more than one object that could be the resource's own. */
export function ambiguous(
  context: Context,
  inputs: Values,
  candidates: readonly WireObject[],
): VpnaasError {
  const ids = candidates.map((one) => one.id).join(", ");
  return new VpnaasError(
    `${candidates.length} objects could be the ${context.resource.definition.kind} ${nameOf(inputs)} that an earlier request made: ${ids}. ` +
      "Nothing was taken over. Delete those that nobody uses, then run `pulumi up` again.",
  );
}
