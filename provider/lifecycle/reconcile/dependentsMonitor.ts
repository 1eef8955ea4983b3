import { formatDuration } from "../../validation/duration";
import type { TimedContext } from "../core/context";
import { listDependents, type Dependent } from "./dependents";

/**
 * How long to wait for dependents that neither disappear nor change. Another run, which this
 * process does not see, may be about to delete them.
 */
const GRACE_MS = 30_000;

/**
 * Monitors the dependents of an object that is to be deleted, so that no run waits for permanent
 * ones.
 */
export class DependentsMonitor {
  private seen: string | undefined;
  private since = 0;

  constructor(private readonly context: Pick<TimedContext, "clock" | "ownership">) {}

  /**
   * The permanent dependents with the reason, to follow "it is in use by". Undefined while they may
   * disappear: one is being deleted, one appeared or disappeared in the last 30 seconds, or this
   * run continued to delete objects.
   */
  staying(dependents: readonly Dependent[]): string | undefined {
    const { clock, ownership } = this.context;
    const staying = dependents.filter(
      ({ id, status }) => status !== "PENDING_DELETE" && !ownership.isDeleted(id),
    );
    const kept = staying.filter(({ id }) => ownership.isKept(id) && !ownership.isToChange(id));
    if (kept.length > 0) return `${listDependents(kept)}, which this run leaves as it is`;
    const current = `${ownership.deletedObjects.size}: ${dependents.map(({ id }) => id).join()}`;
    if (current !== this.seen || staying.length < dependents.length || dependents.length === 0) {
      this.seen = current;
      this.since = clock.now();
    }
    if (clock.now() - this.since < GRACE_MS) return undefined;
    return `${listDependents(staying)}, which this run does not delete, and no other run did in ${formatDuration(GRACE_MS)}`;
  }
}
