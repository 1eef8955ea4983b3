import { isPassing } from "../wait/repeat";
import type { WireObject } from "./api";
import { Gather } from "./gather";
import { type Page, queriesFor } from "./lists";

/** How objects of one kind are asked for; both by a deadline, in milliseconds since the epoch. */
export interface ReadCalls {
  get(id: string, deadline: number): Promise<WireObject>;
  /** The first page of a list. */
  list(query: URLSearchParams, deadline: number): Promise<Page>;
  now(): number;
}

/** After so many reads the whole collection is worth a list, if it is not much larger. */
const MANY = 16;
const LARGER = 8;
/** For how long a list of the whole collection stands for reads. */
const RECENT_MS = 1_000;
/** A list that was not given is not asked for again for so long. */
const PAUSE_MS = 10_000;

/**
 * Reads the objects of one kind. Those that are asked for at the same time come from one list by
 * their ids; what the list does not hold is asked for by itself, so that a refusal is that of the
 * object. Lists are not relied on where they fail, are refused, or show less than a single object.
 */
export class Reads {
  private readonly fresh = new Gather<WireObject>((ids, by) => this.byIds(ids, by));
  private readonly recent = new Gather<WireObject>((ids, by) => this.recently(ids, by));
  private recentReads = 0;
  private nextListAt = MANY;
  private whole: { readonly rows: ReadonlyMap<string, WireObject>; readonly until: number } =
    NOTHING;
  private writes = 0;
  /** No list before; in milliseconds since the epoch. */
  private pausedUntil = 0;
  /** What a single object has. */
  private attributes: readonly string[] | undefined;

  constructor(private readonly calls: ReadCalls) {}

  /** The object as it is now. */
  read(id: string, deadline: number): Promise<WireObject> {
    return this.fresh.ask(id, deadline);
  }

  /**
   * The object as it was within the last second or so. Where many are read in a row, the whole
   * collection is listed once, unless it is much larger than what was read of it.
   */
  async readRecent(id: string, deadline: number): Promise<WireObject> {
    return this.held(id) ?? this.recent.ask(id, deadline);
  }

  /** Something was written, so that what was listed before may be otherwise now. */
  forget(): void {
    this.writes += 1;
    this.whole = NOTHING;
  }

  private held(id: string): WireObject | undefined {
    return this.calls.now() < this.whole.until ? this.whole.rows.get(id) : undefined;
  }

  private async recently(
    ids: readonly string[],
    deadline: number,
  ): Promise<(WireObject | Promise<WireObject>)[]> {
    this.recentReads += ids.length;
    if (this.recentReads >= this.nextListAt) await this.listWhole(deadline);
    const missing = ids.filter((id) => this.held(id) === undefined);
    const others = await this.byIds(missing, deadline);
    return ids.map((id) => this.held(id) ?? others[missing.indexOf(id)]!);
  }

  private async listWhole(deadline: number): Promise<void> {
    const { writes } = this;
    const limit = LARGER * this.recentReads;
    const begin = this.calls.now();
    const page = await this.list(new URLSearchParams({ limit: String(limit) }), deadline);
    if (page === undefined) return;
    const now = this.calls.now();
    const isWhole = page.next === undefined || page.rows.length !== limit;
    if (!isWhole) this.nextListAt = 2 * this.recentReads;
    else if (this.writes === writes) {
      const rows = new Map(page.rows.map((row) => [row.id, row]));
      this.whole = { rows, until: now + Math.max(RECENT_MS, now - begin) };
    }
  }

  private async byIds(
    ids: readonly string[],
    deadline: number,
  ): Promise<(WireObject | Promise<WireObject>)[]> {
    if (ids.length > 1 && this.attributes === undefined) {
      // What one shows is what lists are measured by.
      const [first, ...others] = ids;
      const one = this.alone(first!, deadline);
      const isThere = await one.then(
        () => true,
        () => false,
      );
      const rest = isThere
        ? await this.byIds(others, deadline)
        : others.map((id) => this.alone(id, deadline));
      return [one, ...rest];
    }
    const rows = new Map<string, WireObject>();
    if (ids.length > 1) {
      const pages = await Promise.all(
        queriesFor("id", ids).map((query) => this.list(query, deadline)),
      );
      for (const row of pages.flatMap((page) => page?.rows ?? [])) rows.set(row.id, row);
    }
    return ids.map((id) => rows.get(id) ?? this.alone(id, deadline));
  }

  private async alone(id: string, deadline: number): Promise<WireObject> {
    const object = await this.calls.get(id, deadline);
    this.attributes ??= Object.keys(object);
    return object;
  }

  /** Undefined where lists are of no use now. */
  private async list(query: URLSearchParams, deadline: number): Promise<Page | undefined> {
    const { attributes, calls } = this;
    if (attributes === undefined || calls.now() < this.pausedUntil) return undefined;
    try {
      const page = await calls.list(query, deadline);
      if (page.rows.every((row) => attributes.every((name) => name in row))) return page;
      this.pausedUntil = Infinity;
      return undefined;
    } catch (error) {
      this.pausedUntil = isPassing(error) ? calls.now() + PAUSE_MS : Infinity;
      if (isPassing(error)) throw error;
      return undefined;
    }
  }
}

const NOTHING = { rows: new Map<string, WireObject>(), until: 0 };
