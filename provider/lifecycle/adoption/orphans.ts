import { ImmutableError, messageOf, PartialFailureError, VpnaasError } from "../../errors";
import { applyChange } from "../reconcile/applyChange";
import type { Context, TimedContext } from "../core/context";
import { displayName, nameOf } from "../../model/labels";
import { isAutoName } from "../../model/autoName";
import { mutableFields, configuredFields, matches } from "../core/configuredFields";
import { statusOf } from "../reconcile/awaitStatus";
import { isAbsent } from "../../schema/equality";
import { outputsOf } from "../core/outputs";
import type { Inputs, WireObject } from "../../values";

/** A new object of the state and its outputs. */
export interface Created {
  readonly id: string;
  readonly outputs: Record<string, unknown>;
}

/** What an earlier run of this very resource made and could not record; says so. */
export function findOrphan(
  context: Context,
  inputs: Inputs,
  twins: readonly WireObject[],
): WireObject | undefined {
  const { ownership, project, resource } = context;
  if (!isAutoName(resource.definition, project, nameOf(inputs), inputs)) {
    warnOfSameNames(context, inputs, twins);
    return undefined;
  }
  const own = configuredFields(context, inputs).filter(
    (field) => field.createOnly || resource.definition.identity.includes(field.name),
  );
  const candidates = twins.filter(
    (one) =>
      statusOf(one) !== "PENDING_DELETE" && !ownership.isHeld(one.id) && matches(one, inputs, own),
  );
  if (candidates.length > 1) throw ambiguousOrphansError(context, inputs, candidates);
  const [left] = candidates;
  if (left !== undefined) {
    context.log.info(
      `${displayName(context, left.id, left)} is there already, under the name that is this resource's own: it was made by an earlier run that could not record it, and is taken over. ` +
        "If the engine warns of a pending operation, `pulumi refresh --clear-pending-creates` ends that.",
    );
  }
  return left;
}

/** A name from the program proves nothing; but what a killed run left under it is in nobody's state. */
function warnOfSameNames(context: Context, inputs: Inputs, twins: readonly WireObject[]): void {
  const fields = configuredFields(context, inputs);
  for (const one of twins) {
    if (context.ownership.isHeld(one.id) || !matches(one, inputs, fields)) continue;
    context.log.info(
      `warning: ${displayName(context, one.id, one)} is there already, with the same name and the same inputs; another one is made. ` +
        "If a run that was killed made it, no state holds it: delete it, or adopt it in place of the new one.",
    );
  }
}

/**
 * An object that from now on is the resource's own: no other one of this run can have it.
 * @throws VpnaasError where another resource of this run has it already.
 */
export function claim(context: Context, object: WireObject): WireObject {
  if (context.ownership.claim(object.id)) return object;
  throw ownedByAnotherError(context, object);
}

/** The error for an object that cannot be adopted because another resource of this run has it. */
export function ownedByAnotherError(context: Context, object: WireObject): VpnaasError {
  return new VpnaasError(
    `${displayName(context, object.id, object)} cannot be adopted: another resource of this stack holds it.`,
  );
}

/**
 * Brings an object that exists and is {@link claim} to the inputs.
 * @throws LockedError where that would be refused, and it is not taken over then - unless it is one
 * that the next `up` replaces; PartialFailureError for anything else that fails.
 */
export async function adopt(
  context: TimedContext,
  inputs: Inputs,
  object: WireObject,
): Promise<Created> {
  const { id } = object;
  const { ownership, resource } = context;
  try {
    const fields = mutableFields(context, inputs);
    return { id, outputs: await applyChange(context, { id, fields, inputs, declared: inputs }) };
  } catch (error) {
    if (PartialFailureError.isInstance(error)) throw error;
    const isSomebodys = !isAbsent(inputs["adopt"]) || resource.definition.fixedInUse;
    if (ImmutableError.isInstance(error) && isSomebodys) {
      ownership.release(id);
      throw error;
    }
    throw new PartialFailureError(id, outputsOf(context, object, inputs), messageOf(error));
  }
}

/** The error for more than one object that could be the resource's own. */
export function ambiguousOrphansError(
  context: Context,
  inputs: Inputs,
  candidates: readonly WireObject[],
): VpnaasError {
  const ids = candidates.map((one) => one.id).join(", ");
  return new VpnaasError(
    `${candidates.length} objects could be the ${context.resource.definition.kind} ${nameOf(inputs)} that an earlier request made: ${ids}. ` +
      "Nothing was taken over. Delete those that nobody uses, then run `pulumi up` again.",
  );
}
