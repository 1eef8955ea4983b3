import { CanceledError } from "../../errors";
import { withSignal } from "../../wait/cancellation";

const NOT_RUN =
  "The operation was canceled while it waited for an earlier one on an object of the same name. It sent nothing.";

/** Runs the operations of one key one after another, in the order of their arrival. */
export class KeyedQueue {
  /** Resolves when the last operation of a key has ended. */
  private readonly last = new Map<string, Promise<unknown>>();

  /** The number of keys with an operation that has not ended. */
  get size(): number {
    return this.last.size;
  }

  /**
   * Runs an operation when its turn comes, and settles as it settles. If `signal` is aborted before,
   * it is not run, and the next one still waits for those ahead of it.
   * @throws CanceledError if it was not run
   */
  async run<T>(key: string, operation: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const canceled = () => CanceledError.after(NOT_RUN);
    const own = withSignal(signal, () => before, canceled).then(operation);
    const ended = Promise.allSettled([before, own]).then(() => undefined);
    this.last.set(key, ended);
    try {
      return await own;
    } finally {
      if (this.last.get(key) === ended) this.last.delete(key);
    }
  }
}
