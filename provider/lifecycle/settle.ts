import { NotFoundError, GoneError, WaitError } from "../errors";
import type { WireObject } from "../neutron/client";
import { isPending, isSettled } from "../wait/statuses";
import { waitUntil } from "../wait/waiter";
import { type Context, label } from "./context";
import type { Values } from "./definition";
import { isWaitedFor } from "./diff";

/**
 * After a PUT the old status stands until the agent's next report, which is due within a minute
 * (neutron-vpnaas, `ipsec_status_check_interval` = 60 s). An ACTIVE or ERROR that never changed is
 * believed only after that.
 */
const STALE_MS = 65_000;

/** Waits until the status allows a PUT, and returns the object as it is then. */
export async function untilUpdatable(
  context: Context,
  id: string,
  values: Values,
  deadline: number,
): Promise<WireObject> {
  return waitUntil<WireObject>(context, {
    subject: label(context, id, values),
    goal: "to leave PENDING_* (only then it can be changed)",
    advice:
      "Raise timeouts.update, or ask the cloud's operator whether its VPN agent runs. Nothing was changed.",
    deadline,
    look: () => lookAt(context, id, values),
    status: statusOf,
    done: (seen) => !isPending(statusOf(seen)),
  });
}

/**
 * Waits, as the input `waitFor` says, for the end of what a POST or PUT began.
 *
 * `accepted` and a connection that is administratively down wait for nothing. `settled` ends with
 * ACTIVE or DOWN; DOWN is said once, with what to check. `active` ends with ACTIVE alone.
 * @param live the object as the last answer showed it
 * @param changedAt when a PUT was answered, if one was: the status that it showed may be stale
 * @throws WaitError for the status ERROR, and when the deadline has passed.
 */
export async function untilSettled(
  context: Context,
  inputs: Values,
  live: WireObject,
  deadline: number,
  changedAt?: number,
): Promise<WireObject> {
  if (!isWaitedFor(inputs)) return live;
  const subject = label(context, live.id, inputs);
  const wantsActive = inputs["waitFor"] === "active";
  const before = statusOf(live);
  let isFresh = changedAt === undefined;
  const isBelieved = (status: string) => {
    isFresh ||= status !== before || context.clock.now() - changedAt! >= STALE_MS;
    return isFresh;
  };
  const settled = await waitUntil<WireObject>(context, {
    subject,
    goal: wantsActive ? "to become ACTIVE" : "to settle",
    advice: wantsActive
      ? context.resource.downChecklist(context.dialect)
      : "It is kept in the state, and the next `pulumi up` goes on waiting. Raise timeouts, or ask the cloud's operator whether its VPN agent runs.",
    deadline,
    first: live,
    look: () => lookAt(context, live.id, inputs),
    status: statusOf,
    done: (seen) => {
      const status = statusOf(seen);
      if (status === "ERROR") return isBelieved(status);
      return wantsActive ? isBelieved(status) && status === "ACTIVE" : isSettled(status);
    },
  });
  const status = statusOf(settled);
  if (status === "ERROR") {
    throw new WaitError(
      `${subject} ended in status ERROR. Its settings were taken, but the cloud could not set it up: ` +
        "check that its networks and peerAddress can be reached from the router, or ask the cloud's operator for the VPN agent's log. " +
        "It is kept in the state, and the next `pulumi up` looks again.",
      status,
    );
  }
  if (status === "DOWN") {
    context.log.info(`${subject} is DOWN.`);
    context.log.once(context.resource.downChecklist(context.dialect));
  }
  return settled;
}

/** A status that is not there counts as unknown but settled; no cloud was seen to leave it out. */
export function statusOf(object: Values): string {
  const { status } = object;
  return typeof status === "string" ? status : "UNKNOWN";
}

/** One attempt a look: the wait itself looks again. */
async function lookAt(context: Context, id: string, values: Values): Promise<WireObject> {
  try {
    return await context.client.get(context.resource.definition, id, 1);
  } catch (error) {
    if (NotFoundError.isInstance(error)) throw vanished(context, id, values, error);
    throw error;
  }
}

/** For an object that should be changed or waited for and is not found. */
export function vanished(
  context: Context,
  id: string,
  values: Values,
  error: NotFoundError,
): GoneError {
  return new GoneError(
    `${label(context, id, values)} is gone, or this login cannot see it. The state is left as it is: ` +
      `run \`pulumi up --refresh\` to have it made again. (${error.message})`,
  );
}
