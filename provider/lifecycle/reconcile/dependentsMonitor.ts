import { formatDuration } from "../../validation/duration";
import type { TimedContext } from "../core/context";
import { listDependents, type Dependent } from "./dependents";

/**
 * How long users that neither go nor change are waited for. Another run, which this process does not
 * see, may be about to delete them.
 */
const GRACE_MS = 30_000;

/** Follows the users of an object that is to be deleted, so that no run waits for users that stay. */
export class DependentsMonitor {
  private seen: string | undefined;
  private since = 0;

  constructor(private readonly context: Pick<TimedContext, "clock" | "ownership">) {}

  /**
   * The users that will not go, and how that is known, to follow "it is in use by". Undefined while they
   * may go: one is being deleted, one went or came in the last 30 seconds, or the run went on deleting.
   */
  staying(users: readonly Dependent[]): string | undefined {
    const { clock, ownership } = this.context;
    const staying = users.filter(
      ({ id, status }) => status !== "PENDING_DELETE" && !ownership.isDeleted(id),
    );
    const kept = staying.filter(({ id }) => ownership.isKept(id) && !ownership.isToChange(id));
    if (kept.length > 0) return `${listDependents(kept)}, which this run leaves as it is`;
    const now = `${ownership.deletions}: ${users.map(({ id }) => id).join()}`;
    if (now !== this.seen || staying.length < users.length || users.length === 0) {
      this.seen = now;
      this.since = clock.now();
    }
    if (clock.now() - this.since < GRACE_MS) return undefined;
    return `${listDependents(staying)}, which this run does not delete, and no other run did in ${formatDuration(GRACE_MS)}`;
  }
}
