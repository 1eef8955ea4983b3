/** Lets operations of one key run one after another, in the order in which they came. */
export class KeyedQueue {
  /** Resolves with the end of the last operation of a key. */
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs an operation in its turn and ends as it ends. */
  async run<T>(key: string, operation: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const own = before.then(operation);
    const ended = own.catch(() => undefined);
    this.last.set(key, ended);
    try {
      return await own;
    } finally {
      if (this.last.get(key) === ended) this.last.delete(key);
    }
  }
}
