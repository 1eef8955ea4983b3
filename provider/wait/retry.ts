import { ApiError, TransportError, UnavailableError, answered, messageOf } from "../errors";
import { retryPause } from "./backoff";
import type { Clock } from "./clock";

/** What repeating needs of its surroundings. */
export interface RetryEnvironment {
  readonly clock: Clock;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  /** Is told of each repetition, in one line. */
  readonly log: { info(line: string): void };
}

/** What is repeated, and for how long. */
export interface RetryOptions {
  /** No pause lasts beyond it; a time of the clock. */
  readonly deadline: number;
  /** 1: never again. Default 4, which does not count for a service that says that it is away. */
  readonly attempts?: number;
  /** After which errors; default {@link isTransient}. */
  readonly after?: (error: unknown) => boolean;
}

const ATTEMPTS = 4;
/** A service in maintenance, or that asks for fewer requests, gets this long to come back. */
const AWAY_BUDGET_MS = 90_000;

/** Whether the same request may succeed later: no answer came, or 413, 429, 5xx. */
export function isTransient(error: unknown): boolean {
  return TransportError.isInstance(error) || UnavailableError.isInstance(error);
}

/** Whether the server has certainly not done what it was asked: it never heard of it, or wants fewer requests. */
export function isSafeToRetry(error: unknown): boolean {
  if (TransportError.isInstance(error)) return !error.sent;
  return UnavailableError.isInstance(error) && [413, 429].includes(error.refusal.status);
}

/** What a server asked to wait, in milliseconds; 0 where it did not. */
export function requestedPause(error: unknown): number {
  return UnavailableError.isInstance(error) ? (error.refusal.retryAfterMs ?? 0) : 0;
}

/** One answer to a request that was made for several holds up each of them for so long at most. */
const MOST_FOR_ALL_MS = 30_000;

/** What a request for several failed with, as each of those gets it: a longer pause is not asked of all. */
export function capPauseForAll(error: unknown): unknown {
  if (requestedPause(error) <= MOST_FOR_ALL_MS || !UnavailableError.isInstance(error)) return error;
  return new UnavailableError(error.message, { ...error.refusal, retryAfterMs: MOST_FOR_ALL_MS });
}

/**
 * Runs an operation again that failed for a passing reason, after a pause with jitter, or as long as
 * the server asks: up to 4 times, or for 90 seconds where the service says that it is away for a
 * while (413, 429, 502, 503, 504). What is run must do no harm when it is repeated.
 * @throws the last error
 */
export async function retry<T>(
  { clock, random, log }: RetryEnvironment,
  { deadline, attempts = ATTEMPTS, after = isTransient }: RetryOptions,
  operation: () => Promise<T>,
): Promise<T> {
  const end = Math.min(deadline, clock.now() + AWAY_BUDGET_MS);
  let pause = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation();
    } catch (error) {
      const isLast = attempt >= attempts && (attempts === 1 || !isAway(error));
      pause = Math.max(requestedPause(error), retryPause(pause, random));
      if (!after(error) || isLast || clock.now() + pause >= end) throw error;
      log.info(`retry: ${briefly(error)}; tried again in ${(pause / 1_000).toFixed(1)}s.`);
      await clock.sleep(pause);
    }
  }
}

/** The service is there, but does not work for a while. */
function isAway(error: unknown): boolean {
  return UnavailableError.isInstance(error) && error.refusal.status !== 500;
}

/** What came back, without what to do about it. */
function briefly(error: unknown): string {
  return ApiError.isInstance(error) ? answered(error.refusal) : messageOf(error).split(/\.\s/)[0]!;
}
