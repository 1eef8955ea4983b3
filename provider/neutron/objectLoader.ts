import { isTransient } from "../wait/retry";
import type { Clock } from "../wait/clock";
import type { WireObject } from "./collection";
import { BatchLoader } from "./batchLoader";
import { type Page, queriesFor } from "./listQueries";
import type { WriteCounter } from "./writeCounter";

/** How objects of one kind are asked for; both by a deadline, a time of the clock. */
export interface ReadCalls {
  get(id: string, deadline: number): Promise<WireObject>;
  /** The first page of a list. */
  list(query: URLSearchParams, deadline: number): Promise<Page>;
  readonly clock: Clock;
}

/** A list of the whole collection. */
interface Whole {
  readonly rows: Map<string, WireObject>;
  /** How many writes there were when it was asked for. */
  readonly writes: number;
  readonly until: number;
}

/** After so many reads that came together the whole collection is worth a list, if it is not much larger. */
const MANY = 16;
const LARGER = 16;
/** For how long a list of the whole collection stands for reads. */
const RECENT_MS = 1_000;
/** A list that was not given is not asked for again for so long. */
const PAUSE_MS = 10_000;

/**
 * Reads the objects of one kind. Those that are asked for at the same time come from one list by
 * their ids; what the list does not hold is asked for by itself, so that a refusal is that of the
 * object. Lists are not relied on where they fail, are refused, or show less than a single object.
 */
export class ObjectLoader {
  private readonly fresh: BatchLoader<WireObject>;
  private readonly recent: BatchLoader<WireObject>;
  private recentReads = 0;
  private nextListAt = MANY;
  private whole: Whole = NOTHING;
  /** No list before, by the clock. */
  private pausedUntil = -Infinity;
  /** What a single object has. */
  private attributes: readonly string[] | undefined;

  /** What was listed before one of the `writes` is not given any more. */
  constructor(
    private readonly calls: ReadCalls,
    private readonly writes: WriteCounter,
  ) {
    const { clock } = calls;
    this.fresh = new BatchLoader(clock, (ids, by) => this.byIds(ids, by));
    this.recent = new BatchLoader(clock, (ids, by) => this.recently(ids, by));
  }

  /** The object as it is now. */
  read(id: string, deadline: number): Promise<WireObject> {
    return this.fresh.load(id, deadline);
  }

  /**
   * The object as it was within the last second or so. Where many are read side by side, the whole
   * collection is listed once, unless it is much larger than what was read of it; of that list each
   * object is given once, so that who reads it again gets it as it is then.
   */
  async readRecent(id: string, deadline: number): Promise<WireObject> {
    return this.taken(id) ?? this.recent.load(id, deadline);
  }

  private taken(id: string): WireObject | undefined {
    const { rows, until, writes } = this.whole;
    const isValid = writes === this.writes.count && this.calls.clock.now() < until;
    const found = isValid ? rows.get(id) : undefined;
    rows.delete(id);
    return found;
  }

  private async recently(
    ids: readonly string[],
    deadline: number,
  ): Promise<(WireObject | Promise<WireObject>)[]> {
    if (ids.length > 1) await this.prepare(ids, deadline);
    const taken = new Map(ids.map((id) => [id, this.taken(id)]));
    const missing = ids.filter((id) => taken.get(id) === undefined);
    const others = await this.byIds(missing, deadline);
    return ids.map((id) => taken.get(id) ?? others[missing.indexOf(id)]!);
  }

  /** Lists the whole collection where it is time to. */
  private async prepare(ids: readonly string[], deadline: number): Promise<void> {
    this.recentReads += ids.length;
    if (this.recentReads < this.nextListAt) return;
    const writes = this.writes.count;
    const begin = this.calls.clock.now();
    const rows = await this.listWhole(this.recentReads, ids[0]!, deadline);
    const now = this.calls.clock.now();
    if (rows === undefined) this.nextListAt = 2 * this.recentReads;
    else this.whole = { rows, writes, until: now + Math.max(RECENT_MS, now - begin) };
  }

  private async byIds(
    ids: readonly string[],
    deadline: number,
  ): Promise<(WireObject | Promise<WireObject>)[]> {
    const rows = ids.length > 1 ? await this.listed(ids, deadline) : NOTHING.rows;
    return ids.map((id) => rows.get(id) ?? this.alone(id, deadline));
  }

  /** What lists show of some objects. */
  private async listed(
    ids: readonly string[],
    deadline: number,
  ): Promise<ReadonlyMap<string, WireObject>> {
    const queries = queriesFor("id", ids);
    const whole =
      queries.length > 1 ? await this.listWhole(ids.length, ids[0]!, deadline) : undefined;
    if (whole !== undefined) return whole;
    const pages = await Promise.all(queries.map((query) => this.list(query, ids[0]!, deadline)));
    return byId(pages.flatMap((page) => page?.rows ?? []));
  }

  /** Everything, if it is not much more than is wanted of it. */
  private async listWhole(
    wanted: number,
    sample: string,
    deadline: number,
  ): Promise<Map<string, WireObject> | undefined> {
    const limit = LARGER * wanted;
    const page = await this.list(new URLSearchParams({ limit: `${limit}` }), sample, deadline);
    if (page === undefined || (page.next !== undefined && page.rows.length === limit)) {
      return undefined;
    }
    return byId(page.rows);
  }

  private async alone(id: string, deadline: number): Promise<WireObject> {
    const object = await this.calls.get(id, deadline);
    this.attributes ??= Object.keys(object);
    return object;
  }

  /** Undefined where lists are of no use now. What they are measured by is what a `sample` shows. */
  private async list(
    query: URLSearchParams,
    sample: string,
    deadline: number,
  ): Promise<Page | undefined> {
    const { calls } = this;
    if (calls.clock.now() < this.pausedUntil) return undefined;
    if (this.attributes === undefined) await this.alone(sample, deadline).catch(() => undefined);
    const { attributes } = this;
    if (attributes === undefined) return undefined;
    try {
      const page = await calls.list(query, deadline);
      if (page.rows.every((row) => attributes.every((name) => name in row))) return page;
      this.pausedUntil = Infinity;
      return undefined;
    } catch (error) {
      this.pausedUntil = isTransient(error) ? calls.clock.now() + PAUSE_MS : Infinity;
      if (isTransient(error)) throw error;
      return undefined;
    }
  }
}

function byId(rows: readonly WireObject[]): Map<string, WireObject> {
  return new Map(rows.map((row) => [row.id, row]));
}

const NOTHING: Whole = { rows: new Map(), writes: 0, until: -Infinity };
