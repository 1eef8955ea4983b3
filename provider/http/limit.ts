/** How many requests of one cloud are in flight at once where nothing else is set. */
export const MAX_CONCURRENCY = 32;

/** Lets so many operations run at once; the others wait, in the order in which they came. */
export class Limit {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** `most` is at least 1. */
  constructor(private readonly most: number) {}

  /** Runs an operation when its turn has come, and ends as it ends. */
  async run<T>(operation: () => Promise<T>): Promise<T> {
    if (this.running < this.most) this.running += 1;
    else await new Promise<void>((go) => this.waiting.push(go));
    try {
      return await operation();
    } finally {
      const next = this.waiting.shift();
      // The place is handed on, so that nobody who comes now gets it first.
      if (next) next();
      else this.running -= 1;
    }
  }
}
