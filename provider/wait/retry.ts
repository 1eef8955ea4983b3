import {
  ApiError,
  CanceledError,
  TransportError,
  UnavailableError,
  answered,
  messageOf,
} from "../errors";
import { retryPause } from "./backoff";
import { isAborted } from "./cancellation";
import type { Clock } from "./clock";
import { repeat, type RepeatPolicy } from "./repeat";

/** The dependencies of {@link retry}. */
export interface RetryEnvironment {
  readonly clock: Clock;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  /** Receives one line for each retry. */
  readonly log: { info(line: string): void };
  /** Ends a pause at once, and all retries with it. */
  readonly signal?: AbortSignal | undefined;
}

/** When and how often to retry. */
export interface RetryOptions {
  /** No pause ends after this time of the clock. */
  readonly deadline: number;
  /**
   * 1 means no retry. Default 4; the default does not limit retries of a service that reports that
   * it is unavailable.
   */
  readonly attempts?: number;
  /** Which errors to retry; default {@link isTransient}. */
  readonly after?: (error: unknown) => boolean;
}

const MAX_ATTEMPTS = 4;
/** How long to retry a service that is in maintenance or asks for fewer requests. */
const UNAVAILABLE_BUDGET_MS = 90_000;

/** Whether the same request may succeed later: no response, or 413, 429, 5xx. */
export function isTransient(error: unknown): boolean {
  return TransportError.isInstance(error) || UnavailableError.isInstance(error);
}

/** The last errors of logins, after all retries. */
const loginFailures = new WeakSet<object>();

/** Marks the last error of a login as such, and returns it. */
export function asLoginFailure<T>(error: T): T {
  if (typeof error === "object" && error !== null) loginFailures.add(error);
  return error;
}

function isLoginFailure(error: unknown): boolean {
  return loginFailures.has(error as object);
}

/**
 * Whether the server has certainly not acted on the request: it never received it, answered that it
 * wants fewer requests, or the login for the request failed.
 */
export function isSafeToRetry(error: unknown): boolean {
  if (isLoginFailure(error)) return true;
  if (TransportError.isInstance(error)) return !error.sent;
  return UnavailableError.isInstance(error) && [413, 429].includes(error.refusal.status);
}

/** The pause that a server asked for with Retry-After, in milliseconds; 0 if it did not. */
export function requestedPause(error: unknown): number {
  return UnavailableError.isInstance(error) ? (error.refusal.retryAfterMs ?? 0) : 0;
}

/** The longest pause that the response to a shared request may impose on each of its callers. */
const MAX_SHARED_PAUSE_MS = 30_000;

/**
 * The error of a shared request as each of its callers receives it, with the requested pause
 * capped.
 */
export function capPauseForAll(error: unknown): unknown {
  if (requestedPause(error) <= MAX_SHARED_PAUSE_MS || !UnavailableError.isInstance(error))
    return error;
  const capped = new UnavailableError(error.message, {
    ...error.refusal,
    retryAfterMs: MAX_SHARED_PAUSE_MS,
  });
  return isLoginFailure(error) ? asLoginFailure(capped) : capped;
}

/**
 * Retries an operation after transient errors, with a jittered pause that is never shorter than the
 * server asks for: up to 4 attempts in all, or for 90 seconds if the service reports that it is
 * unavailable (413, 429, 502, 503, 504). The operation must be safe to repeat. A failed
 * login is not retried: it was retried on its own, and the two limits would add up. Nor is a request with a
 * certificate that one side refuses.
 * @throws the last error; CanceledError with its message if the operation was canceled before a
 * retry
 */
export async function retry<T>(
  { clock, random, log, signal }: RetryEnvironment,
  { deadline, attempts = MAX_ATTEMPTS, after = isTransient }: RetryOptions,
  operation: () => Promise<T>,
): Promise<T> {
  let attempt = 0;
  let pause = 0;
  let announced: string | undefined;
  const pauseAfter = (error: unknown) => {
    attempt += 1;
    pause = Math.max(requestedPause(error), retryPause(pause, random));
    const isLast =
      isLoginFailure(error) ||
      isPermanent(error) ||
      (attempt >= attempts && (attempts === 1 || !isUnavailable(error)));
    return after(error) && !isLast ? pause : undefined;
  };
  const policy: RepeatPolicy = {
    deadline: Math.min(deadline, clock.now() + UNAVAILABLE_BUDGET_MS),
    pauseAfter,
    announce: (error, pauseMs) => {
      assertNotCanceled(signal, error);
      const reason = briefReason(error);
      if (reason === announced) return;
      announced = reason;
      log.info(`retry: ${reason}; tried again in ${(pauseMs / 1_000).toFixed(1)}s.`);
    },
    ready: (error) => assertNotCanceled(signal, error),
  };
  return repeat({ clock, signal }, policy, operation);
}

function assertNotCanceled(signal: AbortSignal | undefined, error: unknown): void {
  if (!isAborted(signal)) return;
  throw CanceledError.after(
    `${messageOf(error)} It was not tried again, since the operation was canceled.`,
  );
}

/** The certificates have to change first. */
function isPermanent(error: unknown): boolean {
  return TransportError.isInstance(error) && error.isPermanent;
}

/** The service answers, but is temporarily unavailable. */
function isUnavailable(error: unknown): boolean {
  return UnavailableError.isInstance(error) && error.refusal.status !== 500;
}

/** The response or error, without any advice. */
function briefReason(error: unknown): string {
  return ApiError.isInstance(error) ? answered(error.refusal) : messageOf(error).split(/\.\s/)[0]!;
}
