/** How the pause between two polls grows. All times are in milliseconds. */
export interface Backoff {
  /** The first pause. */
  readonly firstMs: number;
  /** The longest pause. */
  readonly ceilingMs: number;
  /**
   * The pause as a share of the time already waited, so that the delay in noticing the end stays
   * proportional to the wait.
   */
  readonly share: number;
}

/**
 * For statuses: starts at 250 ms and grows so that the end is noticed within a tenth of the time
 * waited, the polls themselves included; at most 5 s.
 */
export const statusBackoff: Backoff = { firstMs: 250, ceilingMs: 5_000, share: 0.075 };

const JITTER = 0.2;

/**
 * The next pause after `waitedMs` of waiting, with a jitter of up to 20 % either way, so that waits
 * that began together do not poll together. `random` returns numbers from 0 up to 1.
 */
export function nextPause(backoff: Backoff, waitedMs: number, random: () => number): number {
  const pause = Math.max(backoff.firstMs, waitedMs * backoff.share);
  return Math.min(pause, backoff.ceilingMs / (1 + JITTER)) * (1 - JITTER + 2 * JITTER * random());
}

const RETRY_FIRST_MS = 300;
const RETRY_CEILING_MS = 10_000;

/**
 * The pause before a retry: decorrelated jitter, so anything from 300 ms to three times the
 * previous pause (0 for the first retry), at most 10 s. Requests that failed together spread out.
 * `random` returns numbers from 0 up to 1.
 */
export function retryPause(previousMs: number, random: () => number): number {
  const longest = Math.max(RETRY_FIRST_MS * 2, previousMs * 3);
  return Math.min(RETRY_CEILING_MS, RETRY_FIRST_MS + random() * (longest - RETRY_FIRST_MS));
}
