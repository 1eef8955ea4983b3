import { NotSentError, WaitError, messageOf } from "../errors";
import { formatDuration } from "../validation/duration";
import { nextPause, statusBackoff } from "./backoff";
import type { Clock } from "./clock";
import type { Progress } from "./progress";
import { requestedPause, isTransient } from "./retry";
import type { PolledObject } from "./statusPoller";

/** What a wait needs of its surroundings. */
export interface WaitEnvironment {
  readonly clock: Clock;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  readonly progress: Progress;
}

/** One wait. */
export interface Wait<T extends object> {
  /** What is waited for, for messages: `IpsecSiteConnection office (3f2c...)`. */
  readonly subject: string;
  /** What has to happen: `to leave PENDING_*`. */
  readonly goal: string;
  /** What to do when it does not happen in time. */
  advice(lastStatus: string | undefined): string;
  /** When to give up, by the clock. */
  readonly deadline: number;
  /** What was seen already; else the first look comes at once. */
  readonly first?: T;
  observe(): Promise<T>;
  /** What is seen, in a word: the status. */
  status(seen: T): string;
  done(seen: T): boolean;
  /**
   * Resolves when another look is worth it, at the end of `stir.until` at the latest; default: pauses
   * that grow. The {@link Watcher} gives it.
   */
  readonly nextPoll?: (stir: Stir) => Promise<void>;
}

/** What a wait tells of itself between two looks. */
export type Stir = Pick<PolledObject, "status" | "since" | "until">;

/**
 * Looks until `done`, quickly at first and then more slowly, and returns what was seen last. A
 * look that fails for a passing reason (no answer, 5xx, 429) is followed by another one.
 * @throws WaitError when the deadline has passed; anything else that `look` throws.
 */
export async function waitUntil<T extends object>(
  room: WaitEnvironment,
  wait: Wait<T>,
): Promise<T> {
  const { clock } = room;
  const begin = clock.now();
  let seen = wait.first;
  let isFresh = seen !== undefined;
  let trouble: unknown;
  const entry = room.progress.begin(wait.subject, wait.deadline);
  try {
    for (;;) {
      if (!isFresh) {
        try {
          seen = await wait.observe();
          trouble = undefined;
        } catch (error) {
          if (!isTransient(error)) throw error;
          // A look that was not made says less than the one before it.
          const isFirst = seen === undefined && trouble === undefined;
          if (isFirst || !NotSentError.isInstance(error)) trouble = error;
        }
      }
      isFresh = false;
      if (seen !== undefined && trouble === undefined) {
        if (wait.done(seen)) return seen;
        entry.see(wait.status(seen));
      }
      const now = clock.now();
      if (now >= wait.deadline) {
        throw timeUp(wait, now - begin, seen && wait.status(seen), trouble);
      }
      const status = seen && wait.status(seen);
      const asked = requestedPause(trouble);
      if (wait.nextPoll !== undefined && asked === 0) {
        await wait.nextPoll({ status, since: begin, until: wait.deadline });
      } else {
        const pause = Math.max(asked, nextPause(statusBackoff, now - begin, room.random));
        await clock.sleep(Math.min(pause, wait.deadline - now));
      }
    }
  } finally {
    entry.end();
  }
}

function timeUp<T extends object>(
  wait: Wait<T>,
  waitedMs: number,
  lastStatus: string | undefined,
  trouble: unknown,
): WaitError {
  const seen = lastStatus === undefined ? "its status was never seen" : `it is still ${lastStatus}`;
  const last = trouble === undefined ? "" : ` The last look failed: ${messageOf(trouble)}`;
  return new WaitError(
    `Waited ${formatDuration(waitedMs)} for ${wait.subject} ${wait.goal}, but ${seen}.${last} ${wait.advice(lastStatus)}`,
  );
}
