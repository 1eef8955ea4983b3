import type { Clock } from "./clock";

/** When an operation that failed is repeated. */
export interface RepeatPolicy {
  /** No pause ends after this time of the clock. */
  readonly deadline: number;
  /** The pause after an error, in milliseconds; undefined to give up with that error. */
  readonly pauseAfter: (error: unknown) => number | undefined | Promise<number | undefined>;
  /** Called before each pause. */
  readonly announce?: (error: unknown, pauseMs: number) => void;
  /** Resolves after a pause, when the operation may be repeated. */
  readonly ready: (error: unknown) => unknown;
}

/** The dependencies of {@link repeat}. */
export interface RepeatEnvironment {
  readonly clock: Clock;
  /** Ends a pause at once. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Repeats an operation that fails until it succeeds, or until its policy gives up.
 * @throws the last error, or any error of the policy
 */
export async function repeat<T>(
  { clock, signal }: RepeatEnvironment,
  { deadline, pauseAfter, announce, ready }: RepeatPolicy,
  operation: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await operation();
    } catch (error) {
      const pauseMs = await pauseAfter(error);
      if (pauseMs === undefined || clock.now() + pauseMs >= deadline) throw error;
      announce?.(error, pauseMs);
      await clock.sleep(pauseMs, signal);
      await ready(error);
    }
  }
}
