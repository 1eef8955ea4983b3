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
import { looksAutoNamed } from "../../model/autoName";
import { displayName } from "../../model/labels";
import { confirmDeleted } from "../reconcile/absenceProof";
import { awaitCondition } from "../reconcile/awaitStatus";
import { type Deletion, deleted } from "../reconcile/conditions";
import { statusOf } from "../reconcile/observe";
import { listDependents, type Dependent, dependentsOf } from "../reconcile/dependents";
import { DependentsMonitor } from "../reconcile/dependentsMonitor";
import { isAbsent } from "../../schema/equality";
import type { State } from "../../values";

/**
 * The engine does not name the old object to a create that is a forced replacement, which therefore
 * adopts it as an orphan.
 */
const ADVICE =
  " To replace it by another object, set the resource option `deleteBeforeReplace: true` or the input `name`.";

/**
 * Deletes an object and returns when its deletion is confirmed; if it is already deleted, that is
 * success. DELETE is sent at once, since the API accepts it in every state, and is repeated if the
 * cloud refuses it as pending or in use, or its response is lost.
 *
 * An object that another resource of the stack still holds is not deleted: that resource adopted it
 * under another name, in this run or an earlier one, or it is a forced create-first replacement
 * that found its own old object.
 * @throws NotProvenGoneError, WaitError and InUseError (which name the dependents), ApiError: the
 * object still exists, or may exist.
 */
export async function deleteObject(context: Context, id: string, state: State): Promise<void> {
  const { ownership, log } = context;
  const reason = ownership.keepReason(id);
  if (reason !== undefined) {
    const isForced = looksAutoNamed(state["name"]) && isAbsent(state["adopt"]);
    const advice = isForced ? ADVICE : "";
    log.info(`${displayName(context, id, state)} is kept, since ${reason}.${advice}`);
    return;
  }
  if (!ownership.beginDelete(id, { kind: context.resource.definition.kind, state })) {
    log.info(
      `${displayName(context, id, state)} was held by two resources of this stack and is deleted once.`,
    );
  }
  const timedContext = timed(context, "delete", state);
  try {
    await requestDeletion(timedContext, id, state);
  } catch (error) {
    if (NotFoundError.isInstance(error)) return confirmDeleted(timedContext, id, state, error);
    throw error;
  }
  await awaitDeletion(timedContext, id, state);
}

/** DELETE is idempotent, so it may be repeated, and blockers often disappear soon. */
async function requestDeletion(context: TimedContext, id: string, state: State): Promise<void> {
  const { client, resource } = context;
  let last: Obstacle | undefined;
  const monitor = new DependentsMonitor(context);
  await waitUntil(context, {
    subject: displayName(context, id, state),
    condition: {
      goal: "to be deleted",
      isMet: ({ obstacle }) => obstacle === undefined,
      confirmation: "The cloud has not confirmed the DELETE.",
      advice: () => last?.advice ?? "",
    },
    deadline: context.deadline,
    observe: async () => {
      try {
        await client.remove(resource.definition, id);
        return { obstacle: undefined };
      } catch (error) {
        if (!ApiError.isInstance(error) || NotFoundError.isInstance(error)) throw error;
        const obstacle = await obstacleOf(context, id, error);
        // The blocker may have disappeared between the DELETE and our check, so retry once; a
        // second unexplained refusal is final.
        const isTwice = obstacle?.isUnexplained === true && last?.isUnexplained === true;
        if (obstacle === undefined || isTwice) throw error;
        const staying = monitor.staying(obstacle.dependents ?? []);
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
            `${displayName(context, id, state)} is ${obstacle.is}, and is deleted as soon as possible.`,
          );
        }
        return { obstacle: (last = obstacle) };
      }
    },
    status: ({ obstacle }) => obstacle?.is ?? "there",
  });
}

/** A reason why DELETE is refused, to follow "it is still". */
interface Obstacle {
  readonly is: string;
  readonly advice: string;
  /** The dependents of the object that this login may see. */
  readonly dependents?: readonly Dependent[];
  /** No visible reason explains the refusal. */
  readonly isUnexplained?: boolean;
}

/** The obstacle of a refusal; undefined if the refusal is permanent. K5 gives no reasons. */
async function obstacleOf(
  context: TimedContext,
  id: string,
  error: ApiError,
): Promise<Obstacle | undefined> {
  const { message, refusal } = error;
  const isInUse = InUseError.isInstance(error);
  const isBusy = PendingStateError.isInstance(error);
  const hasReason = isInUse || isBusy;
  if (!hasReason && !isUnexplained(refusal)) return undefined;
  const dependents = isBusy ? [] : await dependentsOf(context, id);
  if (dependents.length > 0 || isInUse) {
    return {
      is: `in use by ${listDependents(dependents) || "objects that this login cannot see"}`,
      advice:
        "Delete the objects that use it, or point them to another one; then try again. " +
        "If they are resources of this stack, leave out --target, or add --target-dependents.",
      dependents,
    };
  }
  const live = await context.client.get(context.resource.definition, id, 1);
  const advice = "Raise timeouts.delete, or ask the cloud's operator whether its VPN agent runs.";
  if (isPending(statusOf(live))) return { is: statusOf(live), advice };
  return { is: `refused. ${message}`, advice, isUnexplained: !hasReason };
}

/**
 * A login that could DELETE the object can also read it, so Neutron's own 404 proves that it is
 * deleted. Other 404s (e.g. from a proxy) need the full proof.
 */
async function deletionOf(
  context: TimedContext,
  id: string,
  state: State,
  error: NotFoundError,
): Promise<Deletion> {
  if (error.refusal.faultType !== context.resource.definition.notFoundType) {
    try {
      await confirmDeleted(context, id, state, error);
    } catch (failure) {
      if (!NotProvenGoneError.isInstance(failure)) throw failure;
      return { isConfirmed: false, status: "not proven to be gone" };
    }
  }
  return { isConfirmed: true, status: "gone" };
}

/** Waits until the deletion is confirmed. */
async function awaitDeletion(context: TimedContext, id: string, state: State): Promise<void> {
  const { client, resource } = context;
  await awaitCondition(
    context,
    { id, values: state },
    {
      condition: deleted,
      observe: async () => {
        try {
          const status = statusOf(await client.getSingle(resource.definition, id));
          return { isConfirmed: false, status };
        } catch (error) {
          if (!NotFoundError.isInstance(error)) throw error;
          return deletionOf(context, id, state, error);
        }
      },
      status: ({ status }) => status,
    },
  );
}
