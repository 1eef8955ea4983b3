/** Runs the operations of one key one after another, in the order of their arrival. */
export class KeyedQueue {
  /** Resolves when the last operation of a key has ended. */
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs an operation when its turn comes, and settles as it settles. */
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
