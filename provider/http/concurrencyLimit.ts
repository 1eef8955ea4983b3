import type { Clock } from "../wait/clock";

/** The default number of requests to one cloud that may be in flight at once. */
export const MAX_CONCURRENCY = 32;

/** Runs a limited number of operations at once; others wait in the order of their arrival. */
export class ConcurrencyLimit {
  private running = 0;
  /** In the order of their arrival. */
  private readonly waiting = new Set<() => void>();

  /** `most` is at least 1. */
  constructor(
    private readonly most: number,
    private readonly clock: Pick<Clock, "alarm">,
  ) {}

  /**
   * Runs an operation when its turn comes, and settles as it settles. The operation receives the
   * number of operations that were ahead of it on arrival. If its turn has not come by `deadline`
   * (a time of the clock), it leaves the queue.
   * @throws the error of `tooLate` for that number; the operation was not run then.
   */
  async run<T>(
    operation: (ahead: number) => Promise<T>,
    deadline = Infinity,
    tooLate: (ahead: number) => Error = () => new Error("too late"),
  ): Promise<T> {
    const ahead = this.running < this.most ? 0 : this.running + this.waiting.size;
    if (ahead === 0) this.running += 1;
    else await this.turn(deadline, () => tooLate(ahead));
    try {
      return await operation(ahead);
    } finally {
      const [next] = this.waiting;
      // Hand the slot to the next in the queue, so that a new arrival cannot overtake it.
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
