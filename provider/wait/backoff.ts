/** How the pause between two looks grows. All times in milliseconds. */
export interface Backoff {
  /** The first pause. */
  readonly firstMs: number;
  /** No pause is longer. */
  readonly ceilingMs: number;
  /** A pause is this part of the time already waited, so that the end is noticed in proportion. */
  readonly share: number;
}

/** For statuses: quick at first (250 ms), a tenth of the time waited later, never over 5 s. */
export const statusBackoff: Backoff = { firstMs: 250, ceilingMs: 5_000, share: 0.1 };

const SPREAD = 0.2;

/**
 * The next pause after `waitedMs` of waiting, spread by up to 20 % either way so that many waits
 * that began together do not ask together. `random` gives numbers from 0 up to 1.
 */
export function nextPause(backoff: Backoff, waitedMs: number, random: () => number): number {
  const even = Math.max(backoff.firstMs, waitedMs * backoff.share);
  return Math.min(even, backoff.ceilingMs / (1 + SPREAD)) * (1 - SPREAD + 2 * SPREAD * random());
}
