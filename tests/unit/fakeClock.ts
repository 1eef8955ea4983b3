import type { Clock } from "../../provider/wait/clock";

/** A clock whose sleep ends at once, and is counted as if it had lasted. */
export class FakeClock implements Clock {
  /** Every sleep so far, in milliseconds. */
  readonly pauses: number[] = [];

  constructor(private time = 1_700_000_000_000) {}

  now(): number {
    return this.time;
  }

  /** Lets time pass outside of a sleep. */
  pass(ms: number): void {
    this.time += ms;
  }

  sleep(ms: number): Promise<void> {
    this.pauses.push(ms);
    this.pass(ms);
    return Promise.resolve();
  }
}
