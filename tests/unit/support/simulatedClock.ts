import { onAbort } from "../../../provider/wait/cancellation";
import type { Clock } from "../../../provider/wait/clock";

interface Event {
  readonly at: number;
  readonly happen: () => void;
}

/** A clock whose time passes only after all due work is done, for many concurrent tasks. */
export class SimulatedClock implements Clock {
  private time = 0;
  private readonly events = new Set<Event>();

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.alarm(this.time + ms, resolve);
      onAbort(signal, () => {
        cancel();
        resolve();
      });
    });
  }

  alarm(at: number, ring: () => void): () => void {
    const event = { at, happen: ring };
    if (at < Infinity) this.events.add(event);
    return () => this.events.delete(event);
  }

  /** The number of future sleeps and alarms. */
  get timers(): number {
    return this.events.size;
  }

  /**
   * Lets time pass from event to event until the work has ended, and returns its result.
   * @throws Error if no event is left that could end the work.
   */
  async run<T>(work: Promise<T>): Promise<T> {
    const state = { isEnded: false };
    const end = () => (state.isEnded = true);
    work.then(end, end);
    for (;;) {
      // All due work is done before time passes.
      await new Promise(setImmediate);
      if (state.isEnded) return work;
      const next = this.next();
      if (next === undefined) throw new Error("the work waits for nothing");
      this.events.delete(next);
      this.time = Math.max(this.time, next.at);
      next.happen();
    }
  }

  /** The next event; of simultaneous events, the one that was set first. */
  private next(): Event | undefined {
    let first: Event | undefined;
    for (const event of this.events) if (first === undefined || event.at < first.at) first = event;
    return first;
  }
}
