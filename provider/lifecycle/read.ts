import { NotFoundError } from "../errors";
import { type Context, label } from "./context";
import type { Values } from "./definition";
import { assertGone } from "./gone";
import { sayDrift } from "./drifted";
import { outputsOf, toInputs } from "./wire";

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
  state: Values,
): Promise<ReadResult | undefined> {
  const { client, resource, dialect } = context;
  const { definition } = resource;
  let live;
  try {
    live = await client.getRecent(definition, id);
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    await assertGone(context, id, state, error);
    context.log.info(`drift: ${label(context, id, state)} is gone from the cloud.`);
    return undefined;
  }
  const outputs = outputsOf(context, live, state);
  sayDrift(context, id, { state, live });
  return { outputs, inputs: toInputs(definition, dialect, outputs) };
}
