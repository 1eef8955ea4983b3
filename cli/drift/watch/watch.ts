import type { Report } from "../../../provider/drift/report";
import { messageOf } from "../../../provider/errors";
import type { Clock } from "../../../provider/wait/clock";
import { changesBetween } from "./changes";
import { knownAfter } from "./baseline";

/** The options and dependencies of a watch. */
export interface Watch {
  /** Milliseconds between the end of one comparison and the start of the next. */
  readonly pauseMs: number;
  readonly clock: Pick<Clock, "sleep">;
  /** The current date, for a comparison that failed. */
  readonly today: () => Date;
  /** Ends the watch, even during a comparison. */
  readonly end: AbortSignal;
  readonly readReport: () => Promise<Report>;
  /** Receives one line without its end. */
  readonly print: (line: string) => void;
}

/**
 * Compares repeatedly, and prints each change since the earlier reports with its time. A comparison
 * that fails adds a problem to the last report. When the watch ends, resolves with the last report.
 */
export async function watch(first: Report, options: Watch): Promise<Report> {
  const { pauseMs, clock, today, end, readReport, print } = options;
  const ended = new Promise<undefined>((resolve) => {
    if (end.aborted) resolve(undefined);
    end.addEventListener("abort", () => resolve(undefined), { once: true });
  });
  const nextReport = async (): Promise<Report | Error> => {
    await clock.sleep(pauseMs);
    return readReport().catch((error: unknown) => new Error(messageOf(error)));
  };
  for (let [read, last, known] = [first, first, first]; ;) {
    const found = await Promise.race([ended, nextReport()]);
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
