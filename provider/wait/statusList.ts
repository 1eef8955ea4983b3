/** An object that a wait is open for. */
export interface PolledObject {
  readonly id: string;
  /** An attribute and its value that narrow a list to objects like this one. */
  readonly among?: readonly [attribute: string, value: string] | undefined;
  /** The last known status; undefined if it was never seen. */
  readonly status: string | undefined;
  /** When the wait began, by the clock. */
  readonly since: number;
  /** When the wait needs a poll in any case, by the clock. */
  readonly until: number;
  /** Ends the wait at once. */
  readonly signal?: AbortSignal | undefined;
}

/** The result of one list. */
export interface StatusSnapshot {
  /** By id; objects that the list does not contain are missing. */
  readonly statuses: ReadonlyMap<string, string>;
  /** How many requests the list took: one per page. */
  readonly requests: number;
  /**
   * Milliseconds that the cloud took to respond; excludes the time in the queue and for a login.
   */
  readonly tookMs: number;
}

/**
 * Lists the statuses of some objects. Starts no request after `deadline` (a time of the clock); no
 * request takes longer than `timeoutMs` once it is sent.
 */
export type ListStatuses = (
  watched: readonly PolledObject[],
  patience: { readonly deadline: number; readonly timeoutMs: number },
) => Promise<StatusSnapshot>;
