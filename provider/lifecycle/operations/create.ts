import { PartialFailureError, VpnaasError, messageOf } from "../../errors";
import { findAdoptable } from "../adoption/adoptInput";
import { type Context, timed, type TimedContext } from "../core/context";
import { nameOf } from "../../model/labels";
import { awaitSettled } from "../reconcile/awaitStatus";
import { claim, type Created, findOrphan, adopt } from "../adoption/orphans";
import { predecessorNotice } from "../core/deletedPredecessor";
import { outputsOf } from "../core/outputs";
import type { Inputs, WireObject } from "../../values";
import { listSameName, post } from "./post";

/**
 * Creates an object and waits for it as the input `waitFor` says.
 *
 * Instead of creating one it adopts the object that the input `adopt` names, an orphan with this
 * resource's own auto-name, which an earlier run created without recording it, or the object of a
 * POST whose response was lost.
 *
 * A cancellation ends the wait, but not a POST under way or the search for the object of a lost one.
 * @throws PartialFailureError for any failure after the object exists; CanceledError if none does
 */
export async function create(context: Context, inputs: Inputs): Promise<Created> {
  const timedContext = timed(context, "create", inputs);
  const adopted = await findAdoptable(timedContext, inputs);
  if (adopted !== undefined) return adopt(timedContext, inputs, claim(timedContext, adopted));
  const { isOrphan, live } = await inTurn(timedContext, inputs).catch((error: unknown) => {
    throw afterDeletion(context, inputs, error);
  });
  if (isOrphan) return adopt(timedContext, inputs, live);
  try {
    const settled = await awaitSettled(timedContext, inputs, { live });
    return { id: live.id, outputs: outputsOf(timedContext, settled, inputs) };
  } catch (error) {
    const { client, resource } = timedContext;
    const now = await client.get(resource.definition, live.id, 1).catch(() => live);
    throw new PartialFailureError(live.id, outputsOf(timedContext, now, inputs), messageOf(error));
  }
}

/** An orphan or a new object, claimed before the next create with the same name takes its turn. */
function inTurn(
  context: TimedContext,
  inputs: Inputs,
): Promise<{ readonly isOrphan: boolean; readonly live: WireObject }> {
  const { ownership, resource, signal } = context;
  const findOrCreate = async () => {
    const sameName = await listSameName(context, inputs);
    const orphan = findOrphan(context, inputs, sameName);
    if (orphan !== undefined) return { isOrphan: true, live: claim(context, orphan) };
    const live = await post(context, inputs, sameName);
    ownership.hold(live.id);
    return { isOrphan: false, live };
  };
  // Without a name there is no search, hence no mistake.
  if (nameOf(inputs) === "") return findOrCreate();
  return ownership.inTurn(resource.definition, inputs, findOrCreate, signal);
}

/** Adds to the error of a create that this run has deleted the object which it was to replace. */
function afterDeletion(context: Context, inputs: Inputs, error: unknown): unknown {
  const { ownership, resource, secretInputs } = context;
  const isNameSecret = secretInputs.has("name");
  const notice = predecessorNotice(ownership, resource.definition, inputs, isNameSecret);
  if (notice !== undefined && VpnaasError.isInstance(error)) error.message += ` ${notice}`;
  return error;
}
