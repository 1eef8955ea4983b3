import {
  ApiError,
  InUseError,
  isUnexplained,
  NotFoundError,
  NotProvenGoneError,
  PendingStateError,
} from "../../errors";
import { isPending } from "../../wait/statuses";
import { waitUntil } from "../../wait/waiter";
import { type Context, timed, type TimedContext } from "../core/context";
import { displayName } from "../../model/labels";
import { confirmDeleted } from "../reconcile/absenceProof";
import { statusOf, sharedPolling } from "../reconcile/awaitStatus";
import { listDependents, type Dependent, dependentsOf } from "../reconcile/dependents";
import { DependentsMonitor } from "../reconcile/dependentsMonitor";
import type { State } from "../../values";

/**
 * Deletes an object and returns when it is known to be gone; one that is gone already is success.
 * DELETE is sent at once, since the API takes it in every state; where a cloud refuses it as
 * pending or in use, or its answer is lost, it is sent again.
 *
 * An object that a living resource of the stack holds is not deleted: it was adopted under another
 * name, in this run or an earlier one, or a replacement that was forced, and told to create first, has
 * found its own old object.
 * @throws NotProvenGoneError, WaitError and InUseError (which name what uses the object), ApiError: the
 * object is still there, or may be.
 */
export async function deleteObject(context: Context, id: string, state: State): Promise<void> {
  const { ownership, log } = context;
  const because = ownership.keepReason(id);
  if (because !== undefined) {
    log.info(`${displayName(context, id, state)} is kept, since ${because}.`);
    return;
  }
  if (!ownership.beginDelete(id)) {
    log.info(
      `${displayName(context, id, state)} was held by two resources of this stack, and goes once.`,
    );
  }
  const within = timed(context, "delete", state);
  try {
    await untilTaken(within, id, state);
  } catch (error) {
    if (NotFoundError.isInstance(error)) return confirmDeleted(within, id, state, error);
    throw error;
  }
  await untilGone(within, id, state);
}

/** DELETE may be repeated: what it asks for is the same, and what is in the way is often about to go. */
async function untilTaken(context: TimedContext, id: string, state: State): Promise<void> {
  const { client, resource } = context;
  let last: Obstacle | undefined;
  const watch = new DependentsMonitor(context);
  await waitUntil(context, {
    subject: displayName(context, id, state),
    goal: "to be deleted",
    advice: () => last?.advice ?? "",
    deadline: context.deadline,
    observe: async () => {
      try {
        await client.remove(resource.definition, id);
        return { obstacle: undefined };
      } catch (error) {
        if (!ApiError.isInstance(error) || NotFoundError.isInstance(error)) throw error;
        const obstacle = await obstacleBehind(context, id, error);
        // What was in the way may have gone just now; but nothing is not in the way twice.
        const isTwice = obstacle?.isUnexplained === true && last?.isUnexplained === true;
        if (obstacle === undefined || isTwice) throw error;
        const staying = watch.staying(obstacle.users ?? []);
        if (staying !== undefined) {
          const { refusal }: ApiError = error;
          const why = `it is in use by ${staying}. ${obstacle.advice}`;
          throw new InUseError(
            `${displayName(context, id, state)} cannot be deleted: ${why}`,
            refusal,
          );
        }
        if (last === undefined) {
          context.log.info(
            `${displayName(context, id, state)} is ${obstacle.is}, and is deleted as soon as it can be.`,
          );
        }
        return { obstacle: (last = obstacle) };
      }
    },
    status: ({ obstacle }) => obstacle?.is ?? "there",
    done: ({ obstacle }) => obstacle === undefined,
  });
}

/** What is in the way of a DELETE, to follow "it is still". */
interface Obstacle {
  readonly is: string;
  readonly advice: string;
  /** The objects that use it, as far as they can be seen. */
  readonly users?: readonly Dependent[];
  /** Nothing that could be seen explains the refusal. */
  readonly isUnexplained?: boolean;
}

/** Undefined where a refusal speaks of something that will not pass. K5 gives no reasons. */
async function obstacleBehind(
  context: TimedContext,
  id: string,
  error: ApiError,
): Promise<Obstacle | undefined> {
  const { message, refusal } = error;
  const isInUse = InUseError.isInstance(error);
  const isBusy = PendingStateError.isInstance(error);
  const isTold = isInUse || isBusy;
  if (!isTold && !isUnexplained(refusal)) return undefined;
  const users = isBusy ? [] : await dependentsOf(context, id);
  if (users.length > 0 || isInUse) {
    return {
      is: `in use by ${listDependents(users) || "what this login cannot see"}`,
      advice:
        "Delete those, or point them to something else; then try again. " +
        "Where they are resources of this stack, leave out --target, or add --target-dependents.",
      users,
    };
  }
  const live = await context.client.get(context.resource.definition, id, 1);
  const advice = "Raise timeouts.delete, or ask the cloud's operator whether its VPN agent runs.";
  if (isPending(statusOf(live))) return { is: statusOf(live), advice };
  return { is: `refused. ${message}`, advice, isUnexplained: !isTold };
}

/** Who could delete it could see it, so that its own type is proof enough; but a proxy answers 404 too. */
async function isProvenGone(
  context: TimedContext,
  id: string,
  state: State,
  error: NotFoundError,
): Promise<{ isGone: boolean; status: string }> {
  if (error.refusal.faultType !== context.resource.definition.notFoundType) {
    try {
      await confirmDeleted(context, id, state, error);
    } catch (doubt) {
      if (!NotProvenGoneError.isInstance(doubt)) throw doubt;
      return { isGone: false, status: "not proven to be gone" };
    }
  }
  return { isGone: true, status: "gone" };
}

async function untilGone(context: TimedContext, id: string, state: State): Promise<void> {
  const { client, resource } = context;
  await waitUntil(context, {
    subject: displayName(context, id, state),
    goal: "to be gone",
    advice: () =>
      "DELETE was accepted; run `pulumi up` or `pulumi destroy` again, or raise timeouts.delete.",
    deadline: context.deadline,
    observe: async () => {
      try {
        return { isGone: false, status: statusOf(await client.getSingle(resource.definition, id)) };
      } catch (error) {
        if (!NotFoundError.isInstance(error)) throw error;
        return isProvenGone(context, id, state, error);
      }
    },
    status: (seen) => seen.status,
    done: (seen) => seen.isGone,
    nextPoll: sharedPolling(context, id, state),
  });
}
