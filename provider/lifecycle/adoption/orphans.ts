import { ImmutableError, messageOf, PartialFailureError, VpnaasError } from "../../errors";
import { applyChange } from "../reconcile/applyChange";
import type { Context, TimedContext } from "../core/context";
import { displayName, nameOf } from "../../model/labels";
import { isAutoName } from "../../model/autoName";
import { mutableFields, configuredFields, matches } from "../core/configuredFields";
import { statusOf } from "../reconcile/observe";
import { isAbsent } from "../../schema/equality";
import { outputsOf } from "../core/outputs";
import type { Inputs, WireObject } from "../../values";

/** A new object of the state and its outputs. */
export interface Created {
  readonly id: string;
  readonly outputs: Record<string, unknown>;
}

/**
 * An object that an earlier run of this very resource created but could not record; logs the
 * adoption.
 */
export function findOrphan(
  context: Context,
  inputs: Inputs,
  sameName: readonly WireObject[],
): WireObject | undefined {
  const { ownership, project, resource } = context;
  if (!isAutoName(resource.definition, project, nameOf(inputs), inputs)) {
    warnOfSameNames(context, inputs, sameName);
    return undefined;
  }
  const own = configuredFields(context, inputs).filter(
    (field) => field.createOnly || resource.definition.identity.includes(field.name),
  );
  const candidates = sameName.filter(
    (one) =>
      statusOf(one) !== "PENDING_DELETE" && !ownership.isHeld(one.id) && matches(one, inputs, own),
  );
  if (candidates.length > 1) throw ambiguousOrphansError(context, inputs, candidates);
  const [orphan] = candidates;
  if (orphan !== undefined) {
    context.log.info(
      `${displayName(context, orphan.id, orphan)} already exists under this resource's auto-name: an earlier run created it but could not record it. It is adopted. ` +
        "If the engine warns of a pending operation, `pulumi refresh --clear-pending-creates` ends that.",
    );
  }
  return orphan;
}

/**
 * A name from the program proves nothing; but an object that a killed run created under it is in no
 * state.
 */
function warnOfSameNames(context: Context, inputs: Inputs, sameName: readonly WireObject[]): void {
  const fields = configuredFields(context, inputs);
  for (const one of sameName) {
    if (context.ownership.isHeld(one.id) || !matches(one, inputs, fields)) continue;
    context.log.info(
      `warning: ${displayName(context, one.id, one)} already exists with the same name and inputs; creating another one. ` +
        "If a run that was killed created it, no state records it: delete it, or adopt it instead of the new one.",
    );
  }
}

/**
 * Assigns an object to the resource: no other resource of this run can have it from now on.
 * @throws VpnaasError if another resource of this run already holds it
 */
export function claim(context: Context, object: WireObject): WireObject {
  if (context.ownership.claim(object.id)) return object;
  throw ownedByAnotherError(context, object);
}

/** The error for an object that cannot be adopted because another resource of this run holds it. */
export function ownedByAnotherError(context: Context, object: WireObject): VpnaasError {
  return new VpnaasError(
    `${displayName(context, object.id, object)} cannot be adopted: another resource of this stack holds it.`,
  );
}

/**
 * Brings an existing object, after its {@link claim}, to the inputs.
 * @throws ImmutableError if the cloud would refuse the change; the object is not adopted then,
 * unless it is one that the next `up` replaces. PartialFailureError for any other failure.
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
    const mayBelongToOthers = !isAbsent(inputs["adopt"]) || resource.definition.fixedInUse;
    if (ImmutableError.isInstance(error) && mayBelongToOthers) {
      ownership.release(id);
      throw error;
    }
    throw new PartialFailureError(id, outputsOf(context, object, inputs), messageOf(error));
  }
}

/** The error for several objects that could all be the resource's own. */
export function ambiguousOrphansError(
  context: Context,
  inputs: Inputs,
  candidates: readonly WireObject[],
): VpnaasError {
  const ids = candidates.map((one) => one.id).join(", ");
  return new VpnaasError(
    `${candidates.length} objects could be the ${context.resource.definition.kind} ${nameOf(inputs)} that an earlier request created: ${ids}. ` +
      "Nothing was adopted. Delete the unused ones, then run `pulumi up` again.",
  );
}
