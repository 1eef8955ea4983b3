import { TransportError } from "../errors";
import { withDeadline, type Clock } from "../wait/clock";
import { capPauseForAll } from "../wait/retry";

/** A caller's request for one key of a batch. */
interface PendingRequest<T> {
  readonly key: string;
  /** When the caller gives up, by the clock. */
  readonly deadline: number;
  readonly resolve: (answer: T) => void;
  readonly reject: (error: unknown) => void;
}

/** The longest time that keys wait for the request under way before their own batch is sent. */
const MAX_DELAY_MS = 50;

/**
 * Batches requests that are made at the same time: the first key is sent at once, and the keys that
 * arrive while it is under way are sent as one batch when it completes. So every response is
 * younger than its request.
 */
export class BatchLoader<T> {
  private pending: PendingRequest<T>[] = [];
  private inFlight = 0;
  private timer: NodeJS.Timeout | undefined;

  /**
   * `loadAll` requests some keys, by the latest of their deadlines, and returns the results in
   * their order: a rejected one fails its own key alone. If it throws, all keys fail.
   */
  constructor(
    private readonly clock: Clock,
    private readonly loadAll: (
      keys: readonly string[],
      deadline: number,
    ) => Promise<readonly (T | Promise<T>)[]>,
  ) {}

  /**
   * @throws TransportError if the deadline passes first; the request under way continues for other
   * callers.
   */
  load(key: string, deadline: number): Promise<T> {
    const answer = new Promise<T>((resolve, reject) => {
      this.pending.push({ key, deadline, resolve, reject });
      if (this.inFlight === 0) void this.sendBatch();
      else this.timer ??= setTimeout(() => void this.sendBatch(), MAX_DELAY_MS);
    });
    // A request with the same deadline fails first, since its error is more specific.
    return withDeadline(this.clock, deadline + MAX_DELAY_MS, answer, () => {
      return new TransportError(
        `${key}: no answer before the timeout of its operation passed. Raise timeouts or vpnaas:maxConcurrency.`,
        true,
      );
    });
  }

  private async sendBatch(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const batch = this.pending;
    if (batch.length === 0) return;
    this.pending = [];
    this.inFlight += 1;
    try {
      const keys = [...new Set(batch.map(({ key }) => key))];
      const deadline = Math.max(...batch.map((one) => one.deadline));
      const answers = await this.loadAll(keys, deadline);
      const byKey = new Map(keys.map((key, i) => [key, answers[i]!]));
      for (const { key, resolve, reject } of batch) {
        Promise.resolve(byKey.get(key)!).then(resolve, reject);
      }
      await Promise.allSettled(answers);
    } catch (error) {
      for (const { reject } of batch) reject(batch.length > 1 ? capPauseForAll(error) : error);
    } finally {
      this.inFlight -= 1;
      void this.sendBatch();
    }
  }
}
