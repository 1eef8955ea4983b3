import type { Clock } from "../wait/clock";

/** How many requests of one cloud are in flight at once where nothing else is set. */
export const MAX_CONCURRENCY = 32;

/** Lets so many operations run at once; the others wait, in the order in which they came. */
export class ConcurrencyLimit {
  private running = 0;
  /** In the order in which they came. */
  private readonly waiting = new Set<() => void>();

  /** `most` is at least 1. */
  constructor(
    private readonly most: number,
    private readonly clock: Pick<Clock, "alarm">,
  ) {}

  /**
   * Runs an operation when its turn has come, and ends as it ends. It is told how many were in front of
   * it when it came. Where its turn has not come by `deadline` (a time of the clock) it gives up its place.
   * @throws what `tooLate` makes of that number; nothing was run then.
   */
  async run<T>(
    operation: (inFront: number) => Promise<T>,
    deadline = Infinity,
    tooLate: (inFront: number) => Error = () => new Error("too late"),
  ): Promise<T> {
    const inFront = this.running < this.most ? 0 : this.running + this.waiting.size;
    if (inFront === 0) this.running += 1;
    else await this.turn(deadline, () => tooLate(inFront));
    try {
      return await operation(inFront);
    } finally {
      const [next] = this.waiting;
      // The place is handed on, so that nobody who comes now gets it first.
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(deadline: number, tooLate: () => Error): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        this.waiting.delete(go);
        cancel();
        resolve();
      };
      const cancel = this.clock.alarm(deadline, () => {
        this.waiting.delete(go);
        reject(tooLate());
      });
      this.waiting.add(go);
    });
  }
}
