import { CanceledError, NotSentError, WaitError, messageOf } from "../errors";
import { formatDuration } from "../validation/duration";
import { isAborted } from "./cancellation";
import type { Clock } from "./clock";
import type { Condition } from "./condition";
import { pauseBetweenPolls, pollUntil } from "./poll";
import type { Progress } from "./progress";
import { requestedPause, isTransient } from "./retry";
import type { PolledObject } from "./statusList";

/** The dependencies of {@link waitUntil}. */
export interface WaitEnvironment {
  readonly clock: Clock;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  readonly progress: Progress;
  /** Ends a wait at once. */
  readonly signal?: AbortSignal | undefined;
}

/** One wait for an object to meet a condition. */
export interface Wait<T extends object> {
  /** The object, for messages: `IpsecSiteConnection office (3f2c...)`. */
  readonly subject: string;
  readonly condition: Condition<T>;
  /** When to give up, by the clock. */
  readonly deadline: number;
  /** The last known object; without it the first poll comes at once. */
  readonly first?: T;
  observe(): Promise<T>;
  /** The status of an observed object. */
  status(seen: T): string;
  /**
   * Resolves when the next poll is due, at `request.until` at the latest; default: growing pauses.
   * A {@link StatusPoller} provides it.
   */
  readonly nextPoll?: (request: PollRequest) => Promise<void>;
}

/** The state of a wait between two polls. */
export type PollRequest = Pick<PolledObject, "status" | "since" | "until" | "signal">;

/**
 * Polls until the object meets the condition, quickly at first and then more slowly, and returns the
 * last observed object. A poll that fails with a transient error (no response, 5xx, 429) is
 * repeated.
 * @throws WaitError if the object fails the condition, or when the deadline has passed;
 * CanceledError as soon as the operation is canceled, unless `observe` has just sent a change and
 * awaits the response; any other error of `observe`.
 */
export async function waitUntil<T extends object>(
  environment: WaitEnvironment,
  wait: Wait<T>,
): Promise<T> {
  const { clock, signal } = environment;
  const { condition, deadline } = wait;
  const begin = clock.now();
  let seen = wait.first;
  let isFresh = seen !== undefined;
  let failure: unknown;
  const progress = environment.progress.begin(wait.subject, deadline);
  const observe = async () => {
    try {
      if (isAborted(signal)) throw new CanceledError(wait.subject);
      seen = await wait.observe();
      failure = undefined;
    } catch (error) {
      if (!isTransient(error)) throw error;
      // A poll that was not sent is less informative than the previous one.
      const isFirst = seen === undefined && failure === undefined;
      if (isFirst || !NotSentError.isInstance(error)) failure = error;
    }
  };
  const poll = async () => {
    if (!isFresh) await observe();
    isFresh = false;
    if (seen === undefined || failure !== undefined) return undefined;
    const reason = condition.failure?.(seen);
    if (reason !== undefined) throw new WaitError(`${wait.subject} ${reason}`);
    if (condition.isMet(seen)) return seen;
    progress.update(wait.status(seen));
    return undefined;
  };
  const pause = () => {
    const leastMs = requestedPause(failure);
    if (wait.nextPoll === undefined || leastMs > 0) {
      return pauseBetweenPolls(environment, { since: begin, deadline }, leastMs);
    }
    const status = seen && wait.status(seen);
    return wait.nextPoll({ status, since: begin, until: pollBy(wait, clock.now()), signal });
  };
  try {
    const end = await pollUntil(clock, { deadline, poll, pause });
    if (end !== undefined) return end;
    throw timeoutError(wait, clock.now() - begin, seen && wait.status(seen), failure);
  } catch (error) {
    if (!CanceledError.isInstance(error)) throw error;
    throw canceledError(wait, clock.now() - begin, seen && wait.status(seen), failure);
  } finally {
    progress.end();
  }
}

/** The latest time of the next poll. */
function pollBy<T extends object>({ condition, deadline }: Wait<T>, now: number): number {
  const { changesAt } = condition;
  return changesAt === undefined || changesAt <= now ? deadline : Math.min(changesAt, deadline);
}

function timeoutError<T extends object>(
  wait: Wait<T>,
  waitedMs: number,
  lastStatus: string | undefined,
  failure: unknown,
): WaitError {
  return new WaitError(
    `Waited ${formatDuration(waitedMs)} for ${wait.subject} ${wait.condition.goal}, but ${lastPoll(lastStatus, failure)} ${wait.condition.advice(lastStatus)}`,
  );
}

function canceledError<T extends object>(
  wait: Wait<T>,
  waitedMs: number,
  lastStatus: string | undefined,
  failure: unknown,
): CanceledError {
  return CanceledError.after(
    `The operation was canceled after ${formatDuration(waitedMs)} of waiting for ${wait.subject} ${wait.condition.goal}: ${lastPoll(lastStatus, failure)} ${wait.condition.confirmation}`,
  );
}

/** The result of the last poll, in words. */
function lastPoll(lastStatus: string | undefined, failure: unknown): string {
  const seen = lastStatus === undefined ? "its status was never seen" : `it is still ${lastStatus}`;
  return failure === undefined
    ? `${seen}.`
    : `${seen}. The last poll failed: ${messageOf(failure)}`;
}
