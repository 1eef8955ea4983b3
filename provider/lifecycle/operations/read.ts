import { NotFoundError } from "../../errors";
import type { Context } from "../core/context";
import { displayName } from "../../model/labels";
import { confirmDeleted } from "../reconcile/absenceProof";
import { reportDrift } from "../reconcile/driftPolicy";
import { toInputs } from "../../model/wireMapping";
import { outputsOf } from "../core/outputs";
import type { State } from "../../values";

/** The current values of an object, in the notation of its state. */
export interface ReadResult {
  readonly outputs: Record<string, unknown>;
  readonly inputs: Record<string, unknown>;
}

/**
 * Reads an object; undefined if its deletion is proven. Logs one line for each drifted property:
 * the engine displays a changed secret like an unchanged one, and gives no reasons.
 * @throws NotProvenGoneError if a missing object is not proven to be deleted
 */
export async function read(
  context: Context,
  id: string,
  state: State,
): Promise<ReadResult | undefined> {
  const { client, resource, dialect } = context;
  const { definition } = resource;
  let live;
  try {
    live = await client.getRecent(definition, id);
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    await confirmDeleted(context, id, state, error);
    context.log.info(`drift: ${displayName(context, id, state)} is gone from the cloud.`);
    return undefined;
  }
  const outputs = outputsOf(context, live, state);
  reportDrift(context, id, { state, live, outputs });
  return { outputs, inputs: toInputs(definition, dialect, outputs) };
}
