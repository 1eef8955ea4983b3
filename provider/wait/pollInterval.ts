import { nextPause, statusBackoff } from "./backoff";
import type { Clock } from "./clock";

/**
 * The pause between two polls of many objects: see {@link statusBackoff}. It grows with the age of
 * the youngest wait, or with the shortest wait that ended before if that is longer, since a cloud
 * takes about the same time for all objects.
 */
export class PollInterval {
  private shortestWaitMs: number | undefined;

  constructor(
    private readonly environment: { readonly clock: Clock; readonly random: () => number },
  ) {}

  /** The pause before the next poll for a wait that began at `since`, by the clock. */
  pauseFor(since: number): number {
    const { clock, random } = this.environment;
    return nextPause(
      statusBackoff,
      Math.max(clock.now() - since, this.shortestWaitMs ?? 0),
      random,
    );
  }

  /** Records that a wait which began at `since` has ended. */
  recordEnd(since: number): void {
    const waitedMs = this.environment.clock.now() - since;
    this.shortestWaitMs = Math.min(this.shortestWaitMs ?? waitedMs, waitedMs);
  }
}
