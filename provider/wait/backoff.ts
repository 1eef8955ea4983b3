/** How the pause between two looks grows. All times in milliseconds. */
export interface Backoff {
  /** The first pause. */
  readonly firstMs: number;
  /** No pause is longer. */
  readonly ceilingMs: number;
  /** A pause is this part of the time already waited, so that the end is noticed in proportion. */
  readonly share: number;
}

/**
 * For statuses: quick at first (250 ms), later so that an end is noticed within a tenth of the time
 * waited, the looking itself included; never over 5 s.
 */
export const statusBackoff: Backoff = { firstMs: 250, ceilingMs: 5_000, share: 0.075 };

const SPREAD = 0.2;

/**
 * The next pause after `waitedMs` of waiting, spread by up to 20 % either way so that many waits
 * that began together do not ask together. `random` gives numbers from 0 up to 1.
 */
export function nextPause(backoff: Backoff, waitedMs: number, random: () => number): number {
  const even = Math.max(backoff.firstMs, waitedMs * backoff.share);
  return Math.min(even, backoff.ceilingMs / (1 + SPREAD)) * (1 - SPREAD + 2 * SPREAD * random());
}

const RETRY_FIRST_MS = 300;
const RETRY_CEILING_MS = 10_000;

/**
 * The pause before what failed is tried again: decorrelated jitter, so anything from 300 ms to three
 * times the pause before (0: there was none), and never over 10 s. Many that failed together spread
 * from each other. `random` gives numbers from 0 up to 1.
 */
export function retryPause(previousMs: number, random: () => number): number {
  const most = Math.max(RETRY_FIRST_MS * 2, previousMs * 3);
  return Math.min(RETRY_CEILING_MS, RETRY_FIRST_MS + random() * (most - RETRY_FIRST_MS));
}
