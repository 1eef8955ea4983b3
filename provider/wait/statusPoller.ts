import { nextPause, statusBackoff } from "./backoff";
import type { Clock } from "./clock";
import { requestedPause, isTransient } from "./retry";

/** One object whose status is waited for. */
export interface PolledObject {
  readonly id: string;
  /** An attribute and its value by which a list is narrowed to objects like this one. */
  readonly among?: readonly [attribute: string, value: string] | undefined;
  /** Its status when it was last seen; undefined where it never was. */
  readonly status: string | undefined;
  /** When the wait began, by the clock. */
  readonly since: number;
  /** When the wait is interested in a look in any case, by the clock. */
  readonly until: number;
}

/** What a list showed. */
export interface StatusSnapshot {
  /** By id; what is not listed is left out. */
  readonly statuses: ReadonlyMap<string, string>;
  /** How many requests it took: one a page. */
  readonly requests: number;
  /** Milliseconds that the cloud took to answer them; the queue and a login do not count. */
  readonly tookMs: number;
}

/**
 * Lists the statuses of some objects. No request begins after `deadline` (a time of the clock), and none
 * takes longer than `timeoutMs` once it is sent.
 */
export type ListStatuses = (
  watched: readonly PolledObject[],
  patience: { readonly deadline: number; readonly timeoutMs: number },
) => Promise<StatusSnapshot>;

/** For so few, a request each is as good as a list. */
const FEW = 2;
/** In the long run two requests a second, and one more at the beginning. */
const EACH_MS = 500;
const AHEAD = 1;
/** A list may keep a slow cloud busy for a quarter of the time. */
const REST = 3;
const LIST_MS = 10_000;
/** After so many lists in a row that failed, waits look for themselves. */
const FAILURES = 3;
/** No answer, however slow, and whatever pause it asks for, keeps the next list away for longer. */
export const MOST_REST_MS = 30_000;
/** A wait whose object no list has shown for so long looks for itself. */
export const UNSEEN_MS = 60_000;

interface Waiting extends PolledObject {
  readonly stir: () => void;
  /** When the last list began that showed the object as it was; before that, when the wait came here. */
  seenAt: number;
}

/**
 * Watches all objects of one kind that are waited for, however many, with one list a tick, and stirs
 * a wait only when a look of its own is worth it.
 *
 * Ticks come after 250 ms at first, later in proportion to the time that the youngest has waited -
 * or that any had to wait here so far, since a cloud takes about the same time for all - and after 5
 * seconds at most, so that an end is noticed within a tenth of the wait; on average at most two requests
 * a second are made, whatever the number. A server's Retry-After is obeyed for up to 30 seconds. One or
 * two objects are not listed: they are stirred at each tick. So are all where the cloud refuses the list,
 * or fails to give it three times running.
 *
 * Whatever becomes of the lists, also where one is never answered, a wait is stirred at the latest a
 * minute after its object has changed.
 */
export class StatusPoller {
  private readonly waits = new Set<Waiting>();
  private isRunning = false;
  private isLooking = false;
  private wake = new AbortController();
  private tickAt = 0;
  /** No tick comes before. */
  private restUntil = 0;
  private failures = 0;
  private isListRefused = false;
  /** The shortest wait that ended here. */
  private shortest = Infinity;

  constructor(
    private readonly room: { readonly clock: Clock; readonly random: () => number },
    private readonly glance: ListStatuses,
  ) {}

  /**
   * Resolves when an object is worth a look: a list shows another status than the one that is known, or
   * lacks the object; none is known and there was a list; `until` has come; too few are waited for to
   * list them; or no list has shown the object for a minute. Never fails.
   */
  nextPoll(watched: PolledObject): Promise<void> {
    const now = this.room.clock.now();
    const at = now + this.pause(watched.since);
    this.tickAt = this.waits.size === 0 ? at : Math.min(this.tickAt, at);
    this.tickAt = Math.max(this.tickAt, this.restUntil);
    return new Promise((stir) => {
      this.waits.add({ ...watched, stir, seenAt: now });
      this.wake.abort();
      if (!this.isRunning) void this.run();
    });
  }

  private async run(): Promise<void> {
    const { clock } = this.room;
    this.isRunning = true;
    while (this.waits.size > 0) {
      const tickAt = this.isLooking ? Infinity : this.tickAt;
      const next = Math.min(tickAt, ...[...this.waits].map(dueAt));
      if (next > clock.now()) {
        this.wake = new AbortController();
        await clock.sleep(next - clock.now(), this.wake.signal);
      } else if (tickAt <= clock.now()) this.tick();
      for (const wait of this.waits) if (dueAt(wait) <= clock.now()) this.stir(wait);
    }
    this.isRunning = false;
  }

  private tick(): void {
    const waits = [...this.waits];
    if (waits.length > FEW && !this.isListRefused) {
      void this.look(waits);
      return;
    }
    if (waits.length <= FEW) this.pay(waits.length);
    for (const wait of waits) this.stir(wait);
    this.plan();
  }

  /** Waits come, go and are stirred while the list is under way. */
  private async look(waits: readonly Waiting[]): Promise<void> {
    const begin = this.room.clock.now();
    const deadline = Math.max(...waits.map(({ until }) => until));
    this.isLooking = true;
    try {
      const { statuses, requests, tookMs } = await this.glance(waits, {
        deadline,
        timeoutMs: LIST_MS,
      });
      this.failures = 0;
      this.pay(requests);
      this.rest(tookMs * REST);
      for (const wait of waits) this.compare(wait, statuses.get(wait.id), begin);
    } catch (error) {
      this.failures += 1;
      this.isListRefused = !isTransient(error);
      this.pay(1);
      this.rest(requestedPause(error));
      if (this.isListRefused || this.failures >= FAILURES) {
        for (const wait of waits) this.stir(wait);
      }
    }
    this.isLooking = false;
    this.plan();
    this.wake.abort();
  }

  private compare(wait: Waiting, status: string | undefined, begin: number): void {
    if (status !== undefined && status === wait.status) {
      wait.seenAt = begin;
      return;
    }
    if (status !== undefined && wait.status !== undefined) {
      this.shortest = Math.min(this.shortest, this.room.clock.now() - wait.since);
    }
    this.stir(wait);
  }

  private stir(wait: Waiting): void {
    this.waits.delete(wait);
    wait.stir();
  }

  /** Sets the next tick. */
  private plan(): void {
    const youngest = Math.max(0, ...[...this.waits].map(({ since }) => since));
    this.tickAt = Math.max(this.room.clock.now() + this.pause(youngest), this.restUntil);
  }

  private pause(since: number): number {
    const { clock, random } = this.room;
    const known = Number.isFinite(this.shortest) ? this.shortest : 0;
    return nextPause(statusBackoff, Math.max(clock.now() - since, known), random);
  }

  /** Nothing is saved up in quiet times but the few that a beginning needs. */
  private pay(requests: number): void {
    const now = this.room.clock.now();
    this.restTo(Math.max(this.restUntil, now - AHEAD * EACH_MS) + requests * EACH_MS);
  }

  private rest(ms: number): void {
    this.restTo(this.room.clock.now() + ms);
  }

  private restTo(time: number): void {
    const most = this.room.clock.now() + MOST_REST_MS;
    this.restUntil = Math.max(this.restUntil, Math.min(time, most));
  }
}

/** When a wait is stirred in any case. */
function dueAt({ until, seenAt }: Waiting): number {
  return Math.min(until, seenAt + UNSEEN_MS);
}
