import {
  ApiError,
  ImmutableError,
  InUseError,
  NotFoundError,
  PendingStateError,
  isUnexplained,
} from "../../errors";
import type { WireObject } from "../../neutron/client";
import { nextPause, statusBackoff } from "../../wait/backoff";
import { repeat, type RepeatPolicy } from "../../wait/repeat";
import { isPending } from "../../wait/statuses";
import type { TimedContext } from "../core/context";
import { displayName } from "../../model/labels";
import { immutableReason } from "./immutability";
import { awaitUpdatable } from "./awaitStatus";
import { notFoundError, statusOf } from "./observe";
import type { Inputs } from "../../values";

/** The object that a PUT changes, and the inputs behind the change. */
interface Target {
  readonly id: string;
  readonly inputs: Inputs;
}

/**
 * Fails early and with a reason, instead of a wait that never ends or the server's bare refusal.
 */
export async function assertMutable(
  context: TimedContext,
  id: string,
  inputs: Inputs,
): Promise<void> {
  const reason = await immutableReason(context, id, inputs);
  if (reason === undefined) return;
  throw new ImmutableError(
    `${displayName(context, id, inputs)} cannot be changed now: ${reason}. Nothing was changed.`,
  );
}

/**
 * PUTs until the cloud no longer refuses it as pending, and waits in between. A cloud may refuse for
 * a moment longer than its status indicates, so each repetition comes after a pause.
 */
export function put(
  context: TimedContext,
  target: Target,
  body: Readonly<Record<string, unknown>>,
): Promise<WireObject> {
  const { client, clock, deadline, random, resource } = context;
  const { id, inputs } = target;
  const begin = clock.now();
  const policy: RepeatPolicy = {
    deadline,
    pauseAfter: async (error) => {
      if (!(await isRefusedAsPending(context, target, error))) return undefined;
      return nextPause(statusBackoff, clock.now() - begin, random);
    },
    ready: () => awaitUpdatable(context, id, inputs),
  };
  return repeat(context, policy, () => client.update(resource.definition, id, body));
}

/**
 * Whether a PUT was refused as pending. A refusal without a reason (K5) counts as such if the status
 * is pending now.
 * @throws GoneError if the object does not exist any more, ImmutableError if it cannot be changed
 */
async function isRefusedAsPending(
  context: TimedContext,
  { id, inputs }: Target,
  error: unknown,
): Promise<boolean> {
  if (NotFoundError.isInstance(error)) throw notFoundError(context, id, inputs, error);
  if (!ApiError.isInstance(error)) return false;
  const isUnknown = isUnexplained(error.refusal);
  // Another object may have begun to use it since the last check.
  if (isUnknown || InUseError.isInstance(error)) await assertMutable(context, id, inputs);
  if (PendingStateError.isInstance(error)) return true;
  const { client, resource } = context;
  return isUnknown && isPending(statusOf(await client.get(resource.definition, id)));
}
