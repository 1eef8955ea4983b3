import { TransportError, UnavailableError } from "../errors";
import { nextPause, type Backoff } from "./backoff";
import type { Clock } from "./clock";

const BACKOFF: Backoff = { firstMs: 500, ceilingMs: 10_000, share: 1 };

/** Whether the same request may succeed later: no answer came, or 413, 429, 5xx. */
export function isPassing(error: unknown): boolean {
  return TransportError.isInstance(error) || UnavailableError.isInstance(error);
}

/** What a server asked to wait, in milliseconds; 0 where it did not. */
export function askedPause(error: unknown): number {
  return UnavailableError.isInstance(error) ? (error.refusal.retryAfterMs ?? 0) : 0;
}

/**
 * Runs an operation that does no harm when it is repeated, up to that often, while it fails for a
 * passing reason and the deadline (milliseconds since the epoch) is not reached.
 */
export async function repeated<T>(
  clock: Clock,
  attempts: number,
  deadline: number,
  operation: () => Promise<T>,
): Promise<T> {
  const begin = clock.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await operation();
    } catch (error) {
      const pause = Math.max(
        askedPause(error),
        nextPause(BACKOFF, clock.now() - begin, Math.random),
      );
      if (!isPassing(error) || attempt >= attempts || clock.now() + pause >= deadline) throw error;
      await clock.sleep(pause);
    }
  }
}
