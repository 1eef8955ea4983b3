import { WaitError } from "../../errors";
import type { Condition } from "../../wait/condition";
import { StatusFreshness } from "../../wait/statusFreshness";
import { type PollRequest, type Wait, waitUntil } from "../../wait/waiter";
import type { View, TimedContext } from "../core/context";
import { logDownChecklist } from "../core/downChecklist";
import { displayName } from "../../model/labels";
import { isAwaited, settles } from "../../model/waitPolicy";
import type { Inputs, Values, WireObject } from "../../values";
import { active, ENDED_IN_ERROR, settled, updatable } from "./conditions";
import { observe, statusOf } from "./observe";

/** An awaited object; the values name it in messages, and the service that it belongs to. */
interface Awaited {
  readonly id: string;
  readonly values: Values;
}

/**
 * Waits until an object meets a condition, and returns the last observation. All waits for objects
 * of one type share a poller.
 * @throws WaitError if the object fails the condition, or when the deadline has passed
 */
export function awaitCondition<T extends object>(
  context: TimedContext,
  { id, values }: Awaited,
  wait: Pick<Wait<T>, "condition" | "first" | "observe" | "status">,
): Promise<T> {
  return waitUntil<T>(context, {
    ...wait,
    subject: displayName(context, id, values),
    deadline: context.deadline,
    nextPoll: sharedPolling(context, id, values),
  });
}

/** {@link awaitCondition} for an object that has to exist. */
function awaitObject(
  context: TimedContext,
  awaited: Awaited,
  condition: Condition<WireObject>,
  first: WireObject | undefined,
): Promise<WireObject> {
  return awaitCondition<WireObject>(context, awaited, {
    condition,
    ...(first && { first }),
    observe: () => observe(context, awaited.id, awaited.values, 1),
    status: statusOf,
  });
}

/** Waits until the status allows a PUT, and returns the object with that status. */
export async function awaitUpdatable(
  context: TimedContext,
  id: string,
  values: Values,
  first?: WireObject,
): Promise<WireObject> {
  return awaitObject(context, { id, values }, updatable, first);
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
  request: CompletedRequest,
): Promise<WireObject> {
  if (!isAwaited(context.resource.definition, inputs)) {
    return readCompleted(context, inputs, request);
  }
  const { live, changedAt } = request;
  const freshness = new StatusFreshness(context.clock, statusOf(live), changedAt);
  const condition =
    inputs["waitFor"] === "active"
      ? active(freshness, context.resource.downChecklist?.(context.dialect))
      : settled(freshness);
  const awaited = { id: live.id, values: inputs };
  const first = changedAt === undefined ? live : undefined;
  const last = await awaitObject(context, awaited, condition, first);
  if (statusOf(last) === "DOWN") {
    context.log.info(`${displayName(context, live.id, inputs)} is DOWN.`);
    logDownChecklist(context);
  }
  return last;
}

/** The object after a request that needs no wait; read again if the response may be incomplete. */
async function readCompleted(
  context: TimedContext,
  inputs: Inputs,
  { live, changedAt }: CompletedRequest,
): Promise<WireObject> {
  const { definition } = context.resource;
  const isComplete = changedAt === undefined && !definition.completedLater;
  const now = isComplete ? live : await observe(context, live.id, inputs);
  if (!settles(definition) && statusOf(now) === "ERROR") {
    throw new WaitError(`${displayName(context, live.id, inputs)} ${ENDED_IN_ERROR}`);
  }
  return now;
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
