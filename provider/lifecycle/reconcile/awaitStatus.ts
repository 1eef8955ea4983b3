import { WaitError } from "../../errors";
import { isPending, isSettled } from "../../wait/statuses";
import { type PollRequest, waitUntil } from "../../wait/waiter";
import type { Context, View, TimedContext } from "../core/context";
import { logDownChecklist } from "../core/downChecklist";
import { displayName } from "../../model/labels";
import { isAwaited, settles } from "../../model/waitPolicy";
import type { Inputs, Values, WireObject } from "../../values";
import { observe, statusOf } from "./observe";

/**
 * After a PUT the object shows its old status until the agent's next report, which is due within a
 * minute (neutron-vpnaas, `ipsec_status_check_interval` = 60 s). An ACTIVE or ERROR that never
 * changed is trusted only after that.
 */
const STALE_MS = 65_000;

/** Waits until the status allows a PUT, and returns the object with that status. */
export async function awaitUpdatable(
  context: TimedContext,
  id: string,
  values: Values,
  first?: WireObject,
): Promise<WireObject> {
  return waitUntil<WireObject>(context, {
    subject: displayName(context, id, values),
    goal: "to leave PENDING_* (only then it can be changed)",
    advice: () =>
      "Raise timeouts, or ask the cloud's operator whether its VPN agent runs. Nothing was changed.",
    confirmation: "The cloud has not confirmed the change.",
    deadline: context.deadline,
    ...(first && { first }),
    observe: () => observe(context, id, values, 1),
    status: statusOf,
    done: (seen) => !isPending(statusOf(seen)),
    nextPoll: sharedPolling(context, id, values),
  });
}

/** A completed request whose object is about to settle. */
export interface CompletedRequest {
  /** The object as the last response showed it. */
  readonly live: WireObject;
  /** When a PUT was answered, if there was one: the status in its response may be stale. */
  readonly changedAt?: number | undefined;
}

/**
 * Waits, according to the input `waitFor`, until a POST or PUT has taken effect, and returns the
 * observed object; after a PUT it is read at least once.
 *
 * There is no wait for `accepted`, for an object that is administratively down, and for a type whose
 * status does not settle. `settled` ends with ACTIVE or DOWN; DOWN is logged, with a checklist
 * once per run. `active` ends only with ACTIVE.
 * @throws WaitError for the status ERROR, and when the deadline has passed.
 */
export async function awaitSettled(
  context: TimedContext,
  inputs: Inputs,
  { live, changedAt }: CompletedRequest,
): Promise<WireObject> {
  const { definition } = context.resource;
  const poll = () => observe(context, live.id, inputs, 1);
  const nextPoll = sharedPolling(context, live.id, inputs);
  const subject = displayName(context, live.id, inputs);
  if (!isAwaited(definition, inputs)) {
    const now =
      changedAt === undefined && !definition.completedLater
        ? live
        : await observe(context, live.id, inputs);
    if (!settles(definition) && statusOf(now) === "ERROR") throw endedInError(subject);
    return now;
  }
  const wantsActive = inputs["waitFor"] === "active";
  const before = statusOf(live);
  let isFresh = changedAt === undefined;
  const isTrusted = (status: string) => {
    isFresh ||= status !== before || context.clock.now() - changedAt! >= STALE_MS;
    return isFresh;
  };
  const settled = await waitUntil<WireObject>(context, {
    subject,
    goal: wantsActive ? "to become ACTIVE" : "to settle",
    advice: (last) => adviceFor(context, wantsActive, last),
    confirmation: "No change is left to be sent.",
    deadline: context.deadline,
    ...(changedAt === undefined && { first: live }),
    observe: poll,
    status: statusOf,
    done: (seen) => {
      const status = statusOf(seen);
      if (status === "ERROR") return isTrusted(status);
      return wantsActive ? isTrusted(status) && status === "ACTIVE" : isSettled(status);
    },
    nextPoll: (request) => {
      const trustedAt = (changedAt ?? -Infinity) + STALE_MS;
      const until = trustedAt > context.clock.now() ? trustedAt : request.until;
      return nextPoll({ ...request, until: Math.min(until, request.until) });
    },
  });
  const status = statusOf(settled);
  if (status === "ERROR") throw endedInError(subject);
  if (status === "DOWN") {
    context.log.info(`${subject} is DOWN.`);
    logDownChecklist(context);
  }
  return settled;
}

function endedInError(subject: string): WaitError {
  return new WaitError(
    `${subject} ended in status ERROR. The cloud accepted its settings, but could not set it up: ` +
      "check that its networks and its peer can be reached from the router, or ask the cloud's operator for the VPN agent's log. " +
      "It is kept in the state, and the next `pulumi up` checks again; `pulumi up --replace <urn>` creates another one (without `adopt` in the program).",
  );
}

function adviceFor(context: Context, wantsActive: boolean, last: string | undefined): string {
  if (last === "ACTIVE" || last === "ERROR") {
    return `A status may be as old as a minute after a change: give timeouts more than ${STALE_MS / 1_000}s.`;
  }
  const checklist = context.resource.downChecklist?.(context.dialect);
  if (wantsActive && last === "DOWN" && checklist !== undefined) return checklist;
  return "It is kept in the state, and the next `pulumi up` continues to wait. Raise timeouts, or ask the cloud's operator whether its VPN agent runs.";
}

/** All waits for objects of one type share a poller. */
export function sharedPolling(
  { client, resource }: View,
  id: string,
  values: Values,
): (request: PollRequest) => Promise<void> {
  const { definition } = resource;
  const listedBy = definition.status?.listedBy;
  const value = listedBy && values[listedBy.name];
  const among =
    listedBy && typeof value === "string" ? ([listedBy.wire, value] as const) : undefined;
  return (request) => client.poller(definition).nextPoll({ id, among, ...request });
}
