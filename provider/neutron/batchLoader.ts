import { TransportError } from "../errors";
import { withDeadline, type Clock } from "../wait/clock";
import { capPauseForAll } from "../wait/retry";

/** A request for one of many things that one request can bring. */
interface Asked<T> {
  readonly key: string;
  /** When the one who asks gives up, by the clock. */
  readonly deadline: number;
  readonly resolve: (answer: T) => void;
  readonly reject: (error: unknown) => void;
}

/** What is asked for while something is under way goes together, but waits no longer than this. */
const PATIENCE_MS = 50;

/**
 * Lets questions that are asked at the same time go together: one that finds nothing under way goes
 * at once, and those that come while it is are asked as one when it is answered. So every answer is
 * younger than its question.
 */
export class BatchLoader<T> {
  private waiting: Asked<T>[] = [];
  private underWay = 0;
  private timer: NodeJS.Timeout | undefined;

  /**
   * `together` asks for some keys, by the latest of their deadlines, and answers in their order: an
   * error is one for that key alone. What it throws is one for all.
   */
  constructor(
    private readonly clock: Clock,
    private readonly together: (
      keys: readonly string[],
      deadline: number,
    ) => Promise<readonly (T | Promise<T>)[]>,
  ) {}

  /** @throws TransportError where the deadline is over first; what is under way goes on for others. */
  load(key: string, deadline: number): Promise<T> {
    const answer = new Promise<T>((resolve, reject) => {
      this.waiting.push({ key, deadline, resolve, reject });
      if (this.underWay === 0) void this.go();
      else this.timer ??= setTimeout(() => void this.go(), PATIENCE_MS);
    });
    // A request with the same deadline has a reason of its own to tell, so that it goes first.
    return withDeadline(this.clock, deadline + PATIENCE_MS, answer, () => {
      return new TransportError(
        `${key}: no answer before the time of its operation ended. Raise timeouts or vpnaas:maxConcurrency.`,
        true,
      );
    });
  }

  private async go(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const asked = this.waiting;
    if (asked.length === 0) return;
    this.waiting = [];
    this.underWay += 1;
    try {
      const keys = [...new Set(asked.map(({ key }) => key))];
      const deadline = Math.max(...asked.map((one) => one.deadline));
      const answers = await this.together(keys, deadline);
      const byKey = new Map(keys.map((key, i) => [key, answers[i]!]));
      for (const { key, resolve, reject } of asked) {
        Promise.resolve(byKey.get(key)!).then(resolve, reject);
      }
      await Promise.allSettled(answers);
    } catch (error) {
      for (const { reject } of asked) reject(asked.length > 1 ? capPauseForAll(error) : error);
    } finally {
      this.underWay -= 1;
      void this.go();
    }
  }
}
