import { NotFoundError } from "../errors";
import { repeated } from "../wait/repeat";
import { waitUntil } from "../wait/waiter";
import { untilAccepted } from "./change";
import { type Context, label, timed, type TimedContext } from "./context";
import type { Values } from "./definition";
import { assertGone } from "./gone";
import { statusOf } from "./settle";

/**
 * Deletes an object and returns when it is known to be gone; one that is gone already is success.
 * DELETE is sent at once, since the API takes it in every state; where a cloud refuses it as
 * pending, or its answer is lost, it is sent again.
 *
 * An object that the same run has taken over is not deleted: a replacement that was forced, and told
 * to create first, has found its own old object.
 * @throws NotProvenGoneError, WaitError, ApiError: the object is still there, or may be.
 */
export async function remove(context: Context, id: string, state: Values): Promise<void> {
  if (context.takenOver.has(id)) {
    context.log.info(`${label(context, id, state)} is kept, since this run has taken it over.`);
    return;
  }
  const within = timed(context, "delete", state);
  const { client, clock, deadline, resource } = within;
  // A DELETE may be repeated: what it asks for is the same.
  const send = () =>
    repeated(clock, Infinity, deadline, () => client.remove(resource.definition, id));
  try {
    await untilAccepted(within, id, state, send);
  } catch (error) {
    if (NotFoundError.isInstance(error)) return assertGone(within, id, state, error);
    throw error;
  }
  await untilGone(within, id, state);
}

async function untilGone(context: TimedContext, id: string, state: Values): Promise<void> {
  const { client, resource } = context;
  await waitUntil(context, {
    subject: label(context, id, state),
    goal: "to be gone",
    advice: () =>
      "DELETE was accepted; run `pulumi up` or `pulumi destroy` again, or raise timeouts.delete.",
    deadline: context.deadline,
    look: async () => {
      try {
        return { isGone: false, status: statusOf(await client.get(resource.definition, id, 1)) };
      } catch (error) {
        // Who could delete it could see it, so that now no further proof is needed.
        if (!NotFoundError.isInstance(error)) throw error;
        return { isGone: true, status: "gone" };
      }
    },
    status: (seen) => seen.status,
    done: (seen) => seen.isGone,
  });
}
