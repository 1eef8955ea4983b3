/**
 * The result of a cell: the first two are successes. "late" means that all promises hold, but the run
 * lasted longer than its budgets allow; "not met" means that the call did not come, which happens by
 * chance with many resources. All others are failures.
 */
export type Fate =
  "at once" | "next run" | "late" | "lost" | "doubled" | "leaked" | "not met" | "not tried";

/** The result of an operation, with its problem if any. */
export interface Ending {
  readonly fate: Fate;
  readonly why?: string;
}
