import type { Clock } from "./clock";

/** How many requests a rate limiter allows. */
export interface RateLimits {
  /** The average time between two requests. */
  readonly intervalMs: number;
  /** How many requests more may be sent after an idle time. */
  readonly burst: number;
  /** The longest time without a request, however many were sent and whatever pause was requested. */
  readonly maxPauseMs: number;
}

/** Limits the average number of requests in a time, as a token bucket does. */
export class RateLimiter {
  private time = 0;

  constructor(
    private readonly clock: Clock,
    private readonly limits: RateLimits,
  ) {}

  /** The earliest time of the next request, by the clock. */
  get nextAt(): number {
    return this.time;
  }

  /** Records sent requests. */
  record(requests: number): void {
    const { burst, intervalMs } = this.limits;
    const earliest = this.clock.now() - burst * intervalMs;
    this.delayUntil(Math.max(this.time, earliest) + requests * intervalMs);
  }

  /** Allows no request for so long from now. */
  pause(ms: number): void {
    this.delayUntil(this.clock.now() + ms);
  }

  private delayUntil(time: number): void {
    const latest = this.clock.now() + this.limits.maxPauseMs;
    this.time = Math.max(this.time, Math.min(time, latest));
  }
}
