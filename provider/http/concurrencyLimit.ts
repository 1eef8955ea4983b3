import { onAbort } from "../wait/cancellation";
import type { Clock } from "../wait/clock";

/** The default number of requests to one cloud that may be in flight at once. */
export const MAX_CONCURRENCY = 32;

/** When an operation leaves the queue before its turn, and with which error. */
export interface QueueLimits {
  /** A time of the clock; default: never. */
  readonly deadline?: number | undefined;
  /** `ahead` is the number of operations that were ahead of it on arrival. */
  tooLate(ahead: number): Error;
  readonly signal?: AbortSignal | undefined;
  canceled(): Error;
}

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
   * number of operations that were ahead of it on arrival. If its turn has not come by the deadline
   * or before the signal is aborted, it leaves the queue.
   * @throws the error for that; the operation was not run then.
   */
  async run<T>(operation: (ahead: number) => Promise<T>, limits: QueueLimits): Promise<T> {
    const ahead = this.running < this.most ? 0 : this.running + this.waiting.size;
    if (ahead === 0) this.running += 1;
    else await this.turn(ahead, limits);
    try {
      return await operation(ahead);
    } finally {
      const [next] = this.waiting;
      // Hand the slot to the next in the queue, so that a new arrival cannot overtake it.
      if (next) next();
      else this.running -= 1;
    }
  }

  private turn(ahead: number, limits: QueueLimits): Promise<void> {
    return new Promise((resolve, reject) => {
      let release = (): void => undefined;
      const leave = (settle: () => void) => {
        this.waiting.delete(go);
        cancelAlarm();
        release();
        settle();
      };
      const go = () => leave(resolve);
      const refuse = (error: Error) => leave(() => reject(error));
      const cancelAlarm = this.clock.alarm(limits.deadline ?? Infinity, () =>
        refuse(limits.tooLate(ahead)),
      );
      this.waiting.add(go);
      release = onAbort(limits.signal, () => refuse(limits.canceled()));
    });
  }
}
