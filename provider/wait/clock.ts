import { onAbort } from "./cancellation";

/** The provider's source of time; tests use a fake clock. */
export interface Clock {
  /**
   * A monotonic time in milliseconds with an arbitrary zero, for durations and deadlines. A step of
   * the wall clock does not affect it, and it cannot be converted to a date.
   */
  now(): number;
  /** Resolves after `ms` milliseconds, or as soon as `signal` is aborted; then leaves no timer. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Calls `ring` once, when `now()` has reached `at`, which may be Infinity. The returned function
   * cancels the call and leaves no timer.
   */
  alarm(at: number, ring: () => void): () => void;
}

/** The longest timer of Node.js; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Math.floor(performance.now()),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const cancel = systemClock.alarm(systemClock.now() + ms, () => {
        release();
        resolve();
      });
      const release = onAbort(signal, () => {
        cancel();
        resolve();
      });
    }),
  alarm: (at, ring) => {
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      const left = Math.min(at - systemClock.now(), LONGEST_TIMER_MS);
      // A timer may fire slightly too early.
      timer = setTimeout(() => (systemClock.now() < at ? wait() : ring()), left);
    };
    if (at < Infinity) wait();
    return () => clearTimeout(timer);
  },
};

/**
 * Settles as `work` settles, or rejects with the error of `tooLate` once the clock reaches
 * `deadline`. The work then continues for its other callers.
 */
export function withDeadline<T>(
  clock: Clock,
  deadline: number,
  work: Promise<T>,
  tooLate: () => Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = clock.alarm(deadline, () => reject(tooLate()));
    work.finally(cancel).then(resolve, reject);
  });
}
