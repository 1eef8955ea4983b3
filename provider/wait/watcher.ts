import { nextPause, statusBackoff } from "./backoff";
import type { Clock } from "./clock";
import { askedPause, isPassing } from "./repeat";

/** One object whose status is waited for. */
export interface Watched {
  readonly id: string;
  /** An attribute and its value by which a list is narrowed to objects like this one. */
  readonly among?: readonly [attribute: string, value: string] | undefined;
  /** Its status when it was last looked at; undefined where it was not. */
  readonly status: string | undefined;
  /** When the wait began, in milliseconds since the epoch. */
  readonly since: number;
  /** When the wait is interested in a look in any case, in milliseconds since the epoch. */
  readonly until: number;
}

/** What a list showed. */
export interface Glimpse {
  /** By id; what is not listed is left out. */
  readonly statuses: ReadonlyMap<string, string>;
  /** How many requests it took: one a page. */
  readonly requests: number;
}

/** Lists the statuses of some objects by a deadline (milliseconds since the epoch). */
export type Glance = (watched: readonly Watched[], deadline: number) => Promise<Glimpse>;

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

interface Waiting extends Watched {
  readonly stir: () => void;
}

/**
 * Watches all objects of one kind that are waited for, however many, with one list a tick, and stirs
 * a wait only when a look of its own is worth it.
 *
 * Ticks come after 250 ms at first, later in proportion to the time that the youngest has waited -
 * or that any had to wait here so far, since a cloud takes about the same time for all - and after 5
 * seconds at most, so that an end is noticed within a tenth of the wait; on average at most two requests a second are made, whatever the number. A server's
 * Retry-After is obeyed. One or two objects are not listed: they are stirred at each tick. So are all
 * where the cloud refuses the list, or fails to give it three times running.
 */
export class Watcher {
  private readonly waits = new Set<Waiting>();
  private isRunning = false;
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
    private readonly glance: Glance,
  ) {}

  /**
   * Resolves when an object is worth a look: its status is another, no list has it, `until` has
   * come, or too few are waited for to list them. Never fails.
   */
  stirred(watched: Watched): Promise<void> {
    const { clock } = this.room;
    const at = clock.now() + this.pause(watched.since);
    this.tickAt = this.waits.size === 0 ? at : Math.min(this.tickAt, at);
    this.tickAt = Math.max(this.tickAt, this.restUntil);
    return new Promise((stir) => {
      this.waits.add({ ...watched, stir });
      this.wake.abort();
      if (!this.isRunning) void this.run();
    });
  }

  private async run(): Promise<void> {
    const { clock } = this.room;
    this.isRunning = true;
    while (this.waits.size > 0) {
      const untils = [...this.waits].map(({ until }) => until);
      const next = Math.min(this.tickAt, ...untils);
      if (next > clock.now()) {
        this.wake = new AbortController();
        await clock.sleep(next - clock.now(), this.wake.signal);
      } else if (this.tickAt <= clock.now()) {
        await this.tick();
      }
      for (const wait of this.waits) if (wait.until <= clock.now()) this.stir(wait);
    }
    this.isRunning = false;
  }

  private async tick(): Promise<void> {
    const waits = [...this.waits];
    if (waits.length > FEW && !this.isListRefused) await this.look(waits);
    else {
      if (waits.length <= FEW) this.pay(waits.length);
      for (const wait of waits) this.stir(wait);
    }
    const youngest = Math.max(0, ...[...this.waits].map(({ since }) => since));
    this.tickAt = Math.max(this.room.clock.now() + this.pause(youngest), this.restUntil);
  }

  private async look(waits: readonly Waiting[]): Promise<void> {
    const { clock } = this.room;
    const begin = clock.now();
    const deadline = Math.min(begin + LIST_MS, ...waits.map(({ until }) => until));
    try {
      const { statuses, requests } = await this.glance(waits, deadline);
      this.failures = 0;
      this.pay(requests);
      this.rest((clock.now() - begin) * REST);
      for (const wait of waits) this.compare(wait, statuses.get(wait.id));
    } catch (error) {
      this.failures += 1;
      this.isListRefused = !isPassing(error);
      this.pay(1);
      this.rest(askedPause(error));
      if (this.isListRefused || this.failures >= FAILURES) {
        for (const wait of waits) this.stir(wait);
      }
    }
  }

  private compare(wait: Waiting, status: string | undefined): void {
    if (status === wait.status) return;
    if (status !== undefined) {
      this.shortest = Math.min(this.shortest, this.room.clock.now() - wait.since);
    }
    this.stir(wait);
  }

  private stir(wait: Waiting): void {
    this.waits.delete(wait);
    wait.stir();
  }

  private pause(since: number): number {
    const { clock, random } = this.room;
    const known = Number.isFinite(this.shortest) ? this.shortest : 0;
    return nextPause(statusBackoff, Math.max(clock.now() - since, known), random);
  }

  /** Nothing is saved up in quiet times but the few that a beginning needs. */
  private pay(requests: number): void {
    const now = this.room.clock.now();
    this.restUntil = Math.max(this.restUntil, now - AHEAD * EACH_MS) + requests * EACH_MS;
  }

  private rest(ms: number): void {
    this.restUntil = Math.max(this.restUntil, this.room.clock.now() + ms);
  }
}
