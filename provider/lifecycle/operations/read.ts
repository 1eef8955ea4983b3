import { NotFoundError } from "../../errors";
import type { Context } from "../core/context";
import { displayName } from "../../model/labels";
import { confirmDeleted } from "../reconcile/absenceProof";
import { reportDrift } from "../reconcile/driftPolicy";
import { toInputs } from "../../model/wireMapping";
import { outputsOf } from "../core/outputs";
import type { State } from "../../values";

/** An object as it is now, in the words of its state. */
export interface ReadResult {
  readonly outputs: Record<string, unknown>;
  readonly inputs: Record<string, unknown>;
}

/**
 * Reads an object; undefined if it is proven to be gone. Says in one line each what drifted: the
 * engine shows a secret that differs as one that does not, and gives no reasons.
 * @throws NotProvenGoneError where nothing proves that a missing object is gone.
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
