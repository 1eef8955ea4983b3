import { NotFoundError, GoneError, WaitError } from "../../errors";
import { escapeControlCharacters } from "../../controlCharacters";
import { isPending, isSettled } from "../../wait/statuses";
import { type PollRequest, waitUntil } from "../../wait/waiter";
import type { Context, View, TimedContext } from "../core/context";
import { displayName } from "../../model/labels";
import type { CloudResourceType } from "../../schema/resourceType";
import { hasWaitInput, isAwaited } from "../../model/waitPolicy";
import type { Inputs, Values, WireObject } from "../../values";

/**
 * After a PUT the old status stands until the agent's next report, which is due within a minute
 * (neutron-vpnaas, `ipsec_status_check_interval` = 60 s). An ACTIVE or ERROR that never changed is
 * believed only after that.
 */
const STALE_MS = 65_000;

/** Waits until the status allows a PUT, and returns the object as it is then. */
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
    deadline: context.deadline,
    ...(first && { first }),
    observe: () => observe(context, id, values, 1),
    status: statusOf,
    done: (seen) => !isPending(statusOf(seen)),
    nextPoll: sharedPolling(context, id, values),
  });
}

/** What has just been done to an object that is to settle. */
export interface Done {
  /** The object as the last answer showed it. */
  readonly live: WireObject;
  /** When a PUT was answered, if one was: the status that it showed may be stale. */
  readonly changedAt?: number | undefined;
}

/**
 * Waits, as the input `waitFor` says, for the end of what a POST or PUT began, and returns the
 * object as it is then; after a PUT it is read at least once.
 *
 * `accepted`, a connection that is administratively down, and a kind without the input `waitFor` wait
 * for nothing. `settled` ends with ACTIVE or DOWN; DOWN is said, with what to check once a run.
 * `active` ends with ACTIVE alone.
 * @throws WaitError for the status ERROR, and when the deadline has passed.
 */
export async function awaitSettled(
  context: TimedContext,
  inputs: Inputs,
  { live, changedAt }: Done,
): Promise<WireObject> {
  const { definition } = context.resource;
  const look = () => observe(context, live.id, inputs, 1);
  const stirred = sharedPolling(context, live.id, inputs);
  const subject = displayName(context, live.id, inputs);
  if (!isAwaited(definition, inputs)) {
    const now =
      changedAt === undefined && !isCompletedLater(definition)
        ? live
        : await observe(context, live.id, inputs);
    if (!hasWaitInput(definition) && statusOf(now) === "ERROR") throw endedInError(subject);
    return now;
  }
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
    advice: (last) => adviceFor(context, wantsActive, last),
    deadline: context.deadline,
    ...(changedAt === undefined && { first: live }),
    observe: look,
    status: statusOf,
    done: (seen) => {
      const status = statusOf(seen);
      if (status === "ERROR") return isBelieved(status);
      return wantsActive ? isBelieved(status) && status === "ACTIVE" : isSettled(status);
    },
    nextPoll: (stir) => {
      const believedAt = (changedAt ?? -Infinity) + STALE_MS;
      const until = believedAt > context.clock.now() ? believedAt : stir.until;
      return stirred({ ...stir, until: Math.min(until, stir.until) });
    },
  });
  const status = statusOf(settled);
  if (status === "ERROR") throw endedInError(subject);
  if (status === "DOWN") {
    context.log.info(`${subject} is DOWN.`);
    const checklist = context.resource.downChecklist?.(context.dialect);
    if (checklist !== undefined) context.log.once(checklist);
  }
  return settled;
}

/**
 * Whether the answer to a POST may lack what the cloud has just added: the addresses of a VPN service
 * (neutron-vpnaas, `set_external_tunnel_ips` comes after the answer is made).
 */
function isCompletedLater(definition: CloudResourceType): boolean {
  return !hasWaitInput(definition) && definition.fields.some(({ name }) => name === "status");
}

function endedInError(subject: string): WaitError {
  return new WaitError(
    `${subject} ended in status ERROR. Its settings were taken, but the cloud could not set it up: ` +
      "check that its networks and its peer can be reached from the router, or ask the cloud's operator for the VPN agent's log. " +
      "It is kept in the state, and the next `pulumi up` looks again; `pulumi up --replace <urn>` makes another one (without `adopt` in the program).",
  );
}

function adviceFor(context: Context, wantsActive: boolean, last: string | undefined): string {
  if (last === "ACTIVE" || last === "ERROR") {
    return `A status may be as old as a minute after a change: give timeouts more than ${STALE_MS / 1_000}s.`;
  }
  const checklist = context.resource.downChecklist?.(context.dialect);
  if (wantsActive && last === "DOWN" && checklist !== undefined) return checklist;
  return "It is kept in the state, and the next `pulumi up` goes on waiting. Raise timeouts, or ask the cloud's operator whether its VPN agent runs.";
}

/** All waits for one kind are watched together. */
export function sharedPolling(
  { client, resource }: View,
  id: string,
  values: Values,
): (stir: PollRequest) => Promise<void> {
  const { definition } = resource;
  const service = definition.fields.find(({ refersTo }) => refersTo === "VpnService");
  const value = service && values[service.name];
  const among = service && typeof value === "string" ? ([service.wire, value] as const) : undefined;
  return (stir) => client.poller(definition).nextPoll({ id, among, ...stir });
}

/** A status, as a plain text; one that is not there counts as unknown but settled. */
export function statusOf(object: Values): string {
  const { status } = object;
  return typeof status === "string" ? escapeControlCharacters(status) : "UNKNOWN";
}

/**
 * Reads an object that has to exist. In a wait one attempt a look is enough, since it looks again.
 * @throws GoneError
 */
export async function observe(
  context: View,
  id: string,
  values: Values,
  attempts?: 1,
): Promise<WireObject> {
  try {
    return await context.client.get(context.resource.definition, id, attempts);
  } catch (error) {
    if (NotFoundError.isInstance(error)) throw notFoundError(context, id, values, error);
    throw error;
  }
}

/**
 * For an object that should be changed or waited for and is not found; any other 404 (a group that
 * it was to refer to) as it is.
 */
export function notFoundError(
  context: View,
  id: string,
  values: Values,
  error: NotFoundError,
): GoneError | NotFoundError {
  const { faultType } = error.refusal;
  const isOwn =
    faultType === undefined ||
    faultType === "HTTPNotFound" ||
    faultType === context.resource.definition.notFoundType;
  if (!isOwn) return error;
  return new GoneError(
    `${displayName(context, id, values)} is gone, or this login cannot see it. The state is left as it is: ` +
      `run \`pulumi up --refresh\` to have it made again. (${error.message})`,
  );
}
