/** Time as the provider sees it; tests put a clock of their own in its place. */
export interface Clock {
  /**
   * Milliseconds that never go back and run evenly, from a zero that means nothing: for durations and
   * deadlines. A step of the wall clock does not show here, and no date can be made of it.
   */
  now(): number;
  /** Resolves after that many milliseconds, or as soon as `signal` is aborted; leaves no timer then. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Calls back once, when `now()` has reached `at`, which may be Infinity. The function that it returns
   * takes the call back and leaves no timer.
   */
  alarm(at: number, ring: () => void): () => void;
}

/** No timer of Node.js is longer: it would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Math.floor(performance.now()),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const end = () => {
        cancel();
        signal?.removeEventListener("abort", end);
        resolve();
      };
      const cancel = systemClock.alarm(systemClock.now() + ms, end);
      signal?.addEventListener("abort", end);
    }),
  alarm: (at, ring) => {
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      const left = Math.min(at - systemClock.now(), LONGEST_TIMER_MS);
      // A timer may fire a moment too early.
      timer = setTimeout(() => (systemClock.now() < at ? wait() : ring()), left);
    };
    if (at < Infinity) wait();
    return () => clearTimeout(timer);
  },
};

/**
 * Ends as `work` ends, or with what `tooLate` makes once the clock has come to `deadline`; the work goes
 * on then, for others who wait for it.
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
