import { onAbort } from "./cancellation";
import { CircuitBreaker } from "./circuitBreaker";
import type { Clock } from "./clock";
import { PollInterval } from "./pollInterval";
import { RateLimiter } from "./rateLimiter";
import { requestedPause } from "./retry";
import type { ListStatuses, PolledObject } from "./statusList";

/** Up to this number of objects, single requests cost no more than a list. */
const MAX_SINGLE_POLLS = 2;
/**
 * Rest this many times as long as a list took, so that listing takes a quarter of the time at most.
 */
const REST_FACTOR = 3;
const LIST_TIMEOUT_MS = 10_000;
/**
 * The longest time without a list, however slow the cloud responds and whatever pause it asks for.
 */
export const MAX_REST_MS = 30_000;
/** On average two requests a second, with a burst of one more at the beginning. */
const RATE = { intervalMs: 500, burst: 1, maxPauseMs: MAX_REST_MS };
/**
 * After this many failed lists in a row, each wait polls its own object; the next tick lists again.
 */
const BREAKER = { maxFailures: 3, pauseMs: 0 };
/** A wait polls its own object if no list has shown it for this long. */
export const MAX_UNSEEN_MS = 60_000;

interface OpenWait extends PolledObject {
  readonly wake: () => void;
  /**
   * When the last list began that showed the known status; before any list, when the wait was
   * added.
   */
  seenAt: number;
}

/**
 * Polls the statuses of all objects of one type that have open waits, with one list per tick, and
 * wakes a wait only when its own read is worthwhile.
 *
 * The first tick comes after 250 ms. Later intervals grow with the age of the youngest wait, or
 * with the shortest wait that ended here if that is longer, since a cloud takes about the same time
 * for all objects. The interval is at most 5 seconds, so that an end is noticed within a tenth of
 * the wait. On average at most two requests a second are sent, regardless of the number of waits. A
 * server's Retry-After is obeyed for up to 30 seconds. One or two objects are not listed: their
 * waits wake at each tick. All waits do so while the cloud refuses the list or has failed to return
 * it three times in a row.
 *
 * Even if lists fail or never return, a wait wakes at most a minute after its object has changed.
 */
export class StatusPoller {
  private readonly waits = new Set<OpenWait>();
  private isRunning = false;
  private isListing = false;
  private interrupt = new AbortController();
  private tickAt = 0;
  private readonly rate: RateLimiter;
  private readonly breaker: CircuitBreaker;
  private readonly interval: PollInterval;

  constructor(
    private readonly environment: { readonly clock: Clock; readonly random: () => number },
    private readonly listStatuses: ListStatuses,
  ) {
    this.rate = new RateLimiter(environment.clock, RATE);
    this.breaker = new CircuitBreaker(environment.clock, BREAKER);
    this.interval = new PollInterval(environment);
  }

  /**
   * Resolves when the object should be read: a list shows a status other than the known one, or
   * lacks the object; no status is known and a list has returned; `until` is reached; there are too
   * few waits for a list; or no list has shown the object for a minute. Resolves at once when its
   * `signal` is aborted; other waits for objects go on. Never rejects.
   */
  nextPoll(watched: PolledObject): Promise<void> {
    const now = this.environment.clock.now();
    const at = now + this.interval.pauseFor(watched.since);
    this.tickAt = this.waits.size === 0 ? at : Math.min(this.tickAt, at);
    this.tickAt = Math.max(this.tickAt, this.rate.nextAt);
    let leave = (): void => undefined;
    const due = new Promise<void>((wake) => {
      const wait = { ...watched, wake, seenAt: now };
      leave = () => {
        this.wake(wait);
        this.interrupt.abort();
      };
      this.waits.add(wait);
      this.interrupt.abort();
      if (!this.isRunning) void this.run();
    });
    return due.finally(onAbort(watched.signal, leave));
  }

  private async run(): Promise<void> {
    const { clock } = this.environment;
    this.isRunning = true;
    while (this.waits.size > 0) {
      const tickAt = this.isListing ? Infinity : this.tickAt;
      const next = Math.min(tickAt, ...[...this.waits].map(dueAt));
      if (next > clock.now()) {
        this.interrupt = new AbortController();
        await clock.sleep(next - clock.now(), this.interrupt.signal);
      } else if (tickAt <= clock.now()) this.tick();
      for (const wait of this.waits) if (dueAt(wait) <= clock.now()) this.wake(wait);
    }
    this.isRunning = false;
  }

  private tick(): void {
    const waits = [...this.waits];
    if (waits.length > MAX_SINGLE_POLLS && this.breaker.allowsRequest) {
      void this.list(waits);
      return;
    }
    if (waits.length <= MAX_SINGLE_POLLS) this.rate.record(waits.length);
    for (const wait of waits) this.wake(wait);
    this.scheduleTick();
  }

  /** Waits may be added, ended and woken while the list is under way. */
  private async list(waits: readonly OpenWait[]): Promise<void> {
    const begin = this.environment.clock.now();
    const deadline = Math.max(...waits.map(({ until }) => until));
    this.isListing = true;
    try {
      const { statuses, requests, tookMs } = await this.listStatuses(waits, {
        deadline,
        timeoutMs: LIST_TIMEOUT_MS,
      });
      this.breaker.succeed();
      this.rate.record(requests);
      this.rate.pause(tookMs * REST_FACTOR);
      for (const wait of waits) this.compare(wait, statuses.get(wait.id), begin);
    } catch (error) {
      this.breaker.fail(error);
      this.rate.record(1);
      this.rate.pause(requestedPause(error));
      if (this.breaker.isOpen) for (const wait of waits) this.wake(wait);
    }
    this.isListing = false;
    this.scheduleTick();
    this.interrupt.abort();
  }

  private compare(wait: OpenWait, status: string | undefined, begin: number): void {
    if (status !== undefined && status === wait.status) {
      wait.seenAt = begin;
      return;
    }
    if (status !== undefined && wait.status !== undefined) this.interval.recordEnd(wait.since);
    this.wake(wait);
  }

  private wake(wait: OpenWait): void {
    this.waits.delete(wait);
    wait.wake();
  }

  /** Schedules the next tick. */
  private scheduleTick(): void {
    const youngest = Math.max(0, ...[...this.waits].map(({ since }) => since));
    this.tickAt = Math.max(
      this.environment.clock.now() + this.interval.pauseFor(youngest),
      this.rate.nextAt,
    );
  }
}

/** When a wait wakes in any case. */
function dueAt({ until, seenAt }: OpenWait): number {
  return Math.min(until, seenAt + MAX_UNSEEN_MS);
}
