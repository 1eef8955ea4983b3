import type { Clock } from "../../../provider/wait/clock";
import type { RetryEnvironment } from "../../../provider/wait/retry";

const MOST_PAUSES = 10_000;

/**
 * A clock whose sleep ends at once and counts as if it had lasted. Fails if sleeps never end,
 * because nothing else could stop them.
 */
export class FakeClock implements Clock {
  /** Every sleep so far, in milliseconds. */
  readonly pauses: number[] = [];
  private readonly alarms = new Map<symbol, { readonly at: number; readonly ring: () => void }>();

  constructor(private time = 1_700_000_000_000) {}

  now(): number {
    return this.time;
  }

  /** Lets time pass outside of a sleep. */
  pass(ms: number): void {
    this.time += ms;
    for (const [key, { at, ring }] of this.alarms) {
      if (at <= this.time && this.alarms.delete(key)) ring();
    }
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    this.pauses.push(ms);
    if (this.pauses.length > MOST_PAUSES) throw new Error("the fake clock never gets a rest");
    this.pass(ms);
    return Promise.resolve();
  }

  /** Rings when time passes; an alarm in the past rings when any time passes. */
  alarm(at: number, ring: () => void): () => void {
    const key = Symbol();
    this.alarms.set(key, { at, ring });
    return () => this.alarms.delete(key);
  }
}

/**
 * The environment of retries on that clock; `random` returns the middle, and `lines` collects the
 * log.
 */
export function anEnvironment(clock: Clock, lines: string[] = []): RetryEnvironment {
  return { clock, random: () => 0.5, log: { info: (line) => lines.push(line) } };
}
