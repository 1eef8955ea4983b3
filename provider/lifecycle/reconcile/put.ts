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
 * PUTs until the cloud no longer refuses it as pending, and waits in between. A refusal without a
 * reason (K5) counts as pending if the status is pending now.
 */
export async function put(
  context: TimedContext,
  { id, inputs }: Target,
  body: Readonly<Record<string, unknown>>,
): Promise<WireObject> {
  const { client, clock, deadline, resource, signal } = context;
  const begin = clock.now();
  for (;;) {
    try {
      return await client.update(resource.definition, id, body);
    } catch (error) {
      if (NotFoundError.isInstance(error)) throw notFoundError(context, id, inputs, error);
      if (!ApiError.isInstance(error)) throw error;
      const isUnknown = isUnexplained(error.refusal);
      // Another object may have begun to use it since the last check.
      if (isUnknown || InUseError.isInstance(error)) await assertMutable(context, id, inputs);
      const wasPending =
        PendingStateError.isInstance(error) ||
        (isUnknown && isPending(statusOf(await client.get(resource.definition, id))));
      if (!wasPending) throw error;
      // A cloud may refuse for a moment longer than its status indicates.
      const pause = nextPause(statusBackoff, clock.now() - begin, context.random);
      if (clock.now() + pause >= deadline) throw error;
      await clock.sleep(pause, signal);
    }
    await awaitUpdatable(context, id, inputs);
  }
}
