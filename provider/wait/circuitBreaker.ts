import type { Clock } from "./clock";
import { isTransient } from "./retry";

/** When a circuit breaker opens, and for how long. */
export interface BreakerOptions {
  /** The breaker opens after this many transient errors in a row. */
  readonly maxFailures: number;
  /** An open breaker allows no request for this long; then a request may try again. */
  readonly pauseMs: number;
}

/**
 * A circuit breaker: it counts the failures of one kind of request, so that its callers stop sending
 * requests that fail. It is closed at first, opens after several transient errors in a row, and
 * closes with the next success. A refusal, which is any other error, opens it permanently.
 */
export class CircuitBreaker {
  private failures = 0;
  private isRefused = false;
  private pausedUntil = -Infinity;

  constructor(
    private readonly clock: Clock,
    private readonly options: BreakerOptions,
  ) {}

  /** Whether callers need another way to the result. */
  get isOpen(): boolean {
    return this.isRefused || this.failures >= this.options.maxFailures;
  }

  /** Whether a request may be sent: the breaker is closed, or its pause is over. */
  get allowsRequest(): boolean {
    return !this.isRefused && this.clock.now() >= this.pausedUntil;
  }

  /** Records a success. A pause that began with the failure of another request continues. */
  succeed(): void {
    this.failures = 0;
  }

  /** Records a failed request. */
  fail(error: unknown): void {
    if (!isTransient(error)) {
      this.refuse();
      return;
    }
    this.failures += 1;
    if (this.isOpen) this.pausedUntil = this.clock.now() + this.options.pauseMs;
  }

  /** Opens the breaker permanently. */
  refuse(): void {
    this.isRefused = true;
  }
}
