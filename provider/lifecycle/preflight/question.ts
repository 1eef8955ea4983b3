import { CanceledError, messageOf, UnauthorizedError, VpnaasError } from "../../errors";
import type { Clock } from "../../wait/clock";

/** The value that the cloud gave. */
export interface Answered<T> {
  readonly value: T;
}

/** The cloud did not give a value: it refused the request, or no response arrived. */
export interface Unanswered {
  /** The identity of the question, such as `routers`. */
  readonly question: string;
  /** For example `the routers of this cloud cannot be read (Could not ... answered 403)`. */
  readonly unanswered: string;
  readonly error: VpnaasError;
}

export type Answer<T> = Answered<T> | Unanswered;

/** Whether a question has no answer. */
export function isUnanswered<T>(answer: Answer<T>): answer is Unanswered {
  return "unanswered" in answer;
}

/** How long a question without an answer is not repeated. */
const REMEMBERED_MS = 60_000;

interface Entry {
  readonly askedAt: number;
  readonly answer: Promise<Answer<unknown>>;
}

/**
 * Sends each question once: callers at the same time share its request, and the answer is kept for
 * the run. A question without an answer may be sent again after a minute.
 */
export class QuestionCache {
  private readonly entries = new Map<string, Entry>();
  private notBefore = -Infinity;

  constructor(private readonly clock: Clock) {}

  /** Answers from before now no longer count; a request that is under way does. */
  refresh(): void {
    this.notBefore = this.clock.now();
  }

  /**
   * `subject` names the objects that the question reads, in the plural: `the routers of this
   * cloud`. A question of the same key is sent only once.
   * @throws UnauthorizedError, since a login that is refused leaves every question open
   */
  async ask<T>(
    key: string,
    { question, subject }: { readonly question: string; readonly subject: string },
    send: () => Promise<T>,
  ): Promise<Answer<T>> {
    const held = this.entries.get(key);
    if (held !== undefined && held.askedAt >= this.notBefore) {
      const answer = (await held.answer) as Answer<T>;
      const isOld = this.clock.now() - held.askedAt >= REMEMBERED_MS;
      if (!isUnanswered(answer) || !isOld) return orThrow(answer);
      // Another caller may have repeated the question while this one waited.
      if (this.entries.get(key) !== held) return this.ask(key, { question, subject }, send);
    }
    const answer = send().then(
      (value): Answer<T> => ({ value }),
      (error: unknown): Answer<T> => {
        if (!VpnaasError.isInstance(error) || CanceledError.isInstance(error)) throw error;
        return { question, error, unanswered: `${subject} cannot be read (${messageOf(error)})` };
      },
    );
    this.entries.set(key, { askedAt: this.clock.now(), answer });
    answer.catch(() => this.entries.delete(key));
    return orThrow(await answer);
  }
}

function orThrow<T>(answer: Answer<T>): Answer<T> {
  if (isUnanswered(answer) && UnauthorizedError.isInstance(answer.error)) throw answer.error;
  return answer;
}
