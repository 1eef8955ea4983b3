import { NotFoundError, PendingStateError } from "../errors";
import { waitUntil } from "../wait/waiter";
import { type Context, deadlineOf, label } from "./context";
import type { Values } from "./definition";
import { assertGone } from "./gone";
import { statusOf, untilUpdatable } from "./settle";

/**
 * Deletes an object and returns when it is known to be gone; one that is gone already is success.
 * DELETE is sent at once, since the API takes it in every state; where a cloud refuses it as
 * pending, it is sent again after that.
 * @throws NotProvenGoneError, WaitError, ApiError: the object is still there, or may be.
 */
export async function remove(context: Context, id: string, state: Values): Promise<void> {
  const { client, resource } = context;
  const deadline = deadlineOf(context, "delete", state);
  for (;;) {
    try {
      await client.remove(resource.definition, id);
      break;
    } catch (error) {
      if (NotFoundError.isInstance(error)) return assertGone(context, id, state, error);
      if (!PendingStateError.isInstance(error) || context.clock.now() >= deadline) throw error;
    }
    await untilUpdatable(context, id, state, deadline);
  }
  // The endpoint that took the DELETE is the right one, whatever the state says.
  await untilGone(context, id, { ...state, endpoint: client.endpoint }, deadline);
}

async function untilGone(
  context: Context,
  id: string,
  state: Values,
  deadline: number,
): Promise<void> {
  const { client, resource } = context;
  await waitUntil(context, {
    subject: label(context, id, state),
    goal: "to be gone",
    advice:
      "DELETE was accepted; run `pulumi up` or `pulumi destroy` again, or raise timeouts.delete.",
    deadline,
    look: async () => {
      try {
        return { isGone: false, status: statusOf(await client.get(resource.definition, id, 1)) };
      } catch (error) {
        if (!NotFoundError.isInstance(error)) throw error;
        await assertGone(context, id, state, error);
        return { isGone: true, status: "gone" };
      }
    },
    status: (seen) => seen.status,
    done: (seen) => seen.isGone,
  });
}
