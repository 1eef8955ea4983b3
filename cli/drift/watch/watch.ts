import type { Report } from "../../../provider/drift/report";
import { messageOf } from "../../../provider/errors";
import type { Clock } from "../../../provider/wait/clock";
import { changesBetween } from "./changes";
import { knownAfter } from "./baseline";

/** How to go on looking. */
export interface Watch {
  /** Milliseconds between the end of a look and the next. */
  readonly pauseMs: number;
  readonly clock: Pick<Clock, "sleep">;
  /** The date of a look that failed. */
  readonly today: () => Date;
  /** Ends it, also in the midst of a look. */
  readonly end: AbortSignal;
  readonly look: () => Promise<Report>;
  /** Takes one line without its end. */
  readonly print: (line: string) => void;
}

/**
 * Looks again and again and prints what changed to what is known from the looks before, each line
 * with its time. A look that fails is a problem in the report before it. Resolves with the last report when it is
 * ended.
 */
export async function watch(first: Report, options: Watch): Promise<Report> {
  const { pauseMs, clock, today, end, look, print } = options;
  const ended = new Promise<undefined>((resolve) => {
    if (end.aborted) resolve(undefined);
    end.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const lookOrFail = async (): Promise<Report | Error> => {
    await clock.sleep(pauseMs);
    return look().catch((error: unknown) => new Error(messageOf(error)));
  };
  for (let [read, last, known] = [first, first, first]; ;) {
    const found = await Promise.race([ended, lookOrFail()]);
    if (found === undefined) return last;
    last = found instanceof Error ? failed(read, found, today()) : (read = found);
    for (const change of changesBetween(known, last)) print(`${timeOf(last)}  ${change}`);
    known = knownAfter(known, last);
  }
}

function failed(before: Report, error: Error, today: Date): Report {
  return { ...before, takenAt: today.toISOString(), problems: [...before.problems, error.message] };
}

function timeOf({ takenAt }: Report): string {
  return `${takenAt.slice(0, 19).replace("T", " ")} UTC`;
}
