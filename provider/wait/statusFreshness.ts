import type { Clock } from "./clock";

/**
 * After a PUT the object shows its old status until the agent's next report, which is due within a
 * minute (neutron-vpnaas, `ipsec_status_check_interval` = 60 s).
 */
export const STALE_MS = 65_000;

/** Whether statuses are younger than the last change of their object. */
export class StatusFreshness {
  /** When every status becomes fresh, by the clock. */
  readonly trustedAt: number;
  private isFresh = false;

  /**
   * `before` is the status that the object had when it was changed. Without a change (`changedAt`,
   * by the clock) every status is fresh.
   */
  constructor(
    private readonly clock: Clock,
    private readonly before: string,
    changedAt = -Infinity,
  ) {
    this.trustedAt = changedAt + STALE_MS;
  }

  /**
   * Whether an observed status is fresh: it differs from the one before, it follows such a status,
   * or the change was 65 seconds ago.
   */
  trusts(status: string): boolean {
    this.isFresh ||= status !== this.before || this.clock.now() >= this.trustedAt;
    return this.isFresh;
  }
}
