import { nextPause, statusBackoff } from "./backoff";
import type { Clock } from "./clock";

/** The polls of one wait. */
export interface Polls<T> {
  /** When to give up, by the clock. */
  readonly deadline: number;
  /** One poll; a value ends the wait. */
  readonly poll: () => Promise<T | undefined>;
  /** Resolves when the next poll is due. */
  readonly pause: () => Promise<void>;
}

/** Polls until there is a value, at least once; undefined if there is none at the deadline. */
export async function pollUntil<T>(
  clock: Clock,
  { deadline, poll, pause }: Polls<T>,
): Promise<T | undefined> {
  for (;;) {
    const value = await poll();
    if (value !== undefined || clock.now() >= deadline) return value;
    await pause();
  }
}

/** The dependencies of {@link pauseBetweenPolls}. */
interface PauseEnvironment {
  readonly clock: Clock;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** A wait between two polls; times are by the clock. */
interface OpenWait {
  readonly since: number;
  readonly deadline: number;
}

/**
 * Pauses as {@link statusBackoff} describes, or for `leastMs` if that is longer, but not beyond the
 * deadline.
 */
export async function pauseBetweenPolls(
  { clock, random, signal }: PauseEnvironment,
  { since, deadline }: OpenWait,
  leastMs = 0,
): Promise<void> {
  const now = clock.now();
  const pause = Math.max(leastMs, nextPause(statusBackoff, now - since, random));
  await clock.sleep(Math.min(pause, deadline - now), signal);
}
