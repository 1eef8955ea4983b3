/**
 * What became of a cell: the first two are well. "late" says that all else was well, but that the run
 * lasted longer than its budgets allow; "not met" that the call did not come, which in a crowd happens
 * by chance. Nothing else is well.
 */
export type Fate =
  "at once" | "next run" | "late" | "lost" | "doubled" | "leaked" | "not met" | "not tried";

/** What became of an operation, and what is wrong with that. */
export interface Ending {
  readonly fate: Fate;
  readonly why?: string;
}
