import { CanceledError, messageOf, UnauthorizedError, VpnaasError } from "../../errors";
import type { Clock } from "../../wait/clock";
import { isTransient } from "../../wait/retry";

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

/** The most time that one question may take, retries included. */
const QUESTION_MS = 60_000;

/** The same in the minute after another question went through its retries without an answer. */
const SHORT_QUESTION_MS = 10_000;

interface Entry {
  readonly askedAt: number;
  readonly answer: Promise<Answer<unknown>>;
  /** The time of the answer. */
  answeredAt: number;
}

/**
 * Sends each question once: callers at the same time share its request, and the answer is kept for
 * the run. A question without an answer may be sent again after a minute.
 */
export class QuestionCache {
  private readonly entries = new Map<string, Entry>();
  private notBefore = -Infinity;
  /** When retries of a question ended without an answer. */
  private unavailableAt = -Infinity;

  constructor(private readonly clock: Clock) {}

  /** Answers from before now no longer count; a request that is under way does. */
  refresh(): void {
    this.notBefore = this.clock.now();
  }

  /**
   * `subject` names the objects that the question reads, in the plural: `the routers of this
   * cloud`. A question of the same key is sent only once. `send` gets a deadline, a time of the clock: a
   * cloud in maintenance has one minute to recover, not one for each question.
   * @throws UnauthorizedError, since a login that is refused leaves every question open
   */
  async ask<T>(
    key: string,
    { question, subject }: { readonly question: string; readonly subject: string },
    send: (deadline: number) => Promise<T>,
  ): Promise<Answer<T>> {
    const held = this.entries.get(key);
    if (held !== undefined && held.askedAt >= this.notBefore) {
      const answer = (await held.answer) as Answer<T>;
      const isOld = !this.isRecent(held.answeredAt);
      if (!isUnanswered(answer) || !isOld) return orThrow(answer);
      // Another caller may have repeated the question while this one waited.
      if (this.entries.get(key) !== held) return this.ask(key, { question, subject }, send);
    }
    const askedAt = this.clock.now();
    const budget = this.isRecent(this.unavailableAt) ? SHORT_QUESTION_MS : QUESTION_MS;
    const answer = send(askedAt + budget).then(
      (value): Answer<T> => ({ value }),
      (error: unknown): Answer<T> => {
        if (!VpnaasError.isInstance(error) || CanceledError.isInstance(error)) throw error;
        entry.answeredAt = this.clock.now();
        if (isTransient(error)) this.unavailableAt = entry.answeredAt;
        return { question, error, unanswered: `${subject} cannot be read (${messageOf(error)})` };
      },
    );
    const entry: Entry = { askedAt, answer, answeredAt: askedAt };
    this.entries.set(key, entry);
    answer.catch(() => this.entries.delete(key));
    return orThrow(await answer);
  }

  private isRecent(time: number): boolean {
    return this.clock.now() - time < REMEMBERED_MS;
  }
}

function orThrow<T>(answer: Answer<T>): Answer<T> {
  if (isUnanswered(answer) && UnauthorizedError.isInstance(answer.error)) throw answer.error;
  return answer;
}
