import { isTransient } from "../wait/retry";
import type { Clock } from "../wait/clock";
import type { WireObject } from "./collection";
import { BatchLoader } from "./batchLoader";
import { type Page, queriesFor } from "./listQueries";
import type { WriteCounter } from "./writeCounter";

/** The requests for objects of one type; both take a deadline, a time of the clock. */
export interface ReadCalls {
  get(id: string, deadline: number): Promise<WireObject>;
  /** The first page of a list. */
  list(query: URLSearchParams, deadline: number): Promise<Page>;
  readonly clock: Clock;
}

/** A list of the whole collection. */
interface CollectionList {
  readonly rows: Map<string, WireObject>;
  /** The number of writes when the list was requested. */
  readonly writes: number;
  readonly until: number;
}

/** After this many bulk reads the whole collection is listed, if it is not much larger. */
const MIN_READS_FOR_LIST = 16;
const MAX_SIZE_RATIO = 16;
/** How long a list of the whole collection serves reads. */
const RECENT_MS = 1_000;
/** How long to send no list after one failed. */
const PAUSE_MS = 10_000;

/**
 * Reads the objects of one type. Reads that are requested at the same time share one list by ids;
 * an object that the list lacks is requested by itself, so that an error refers to that object.
 * Lists are not used while they fail, are refused, or return fewer attributes than a single object
 * has.
 */
export class ObjectLoader {
  private readonly fresh: BatchLoader<WireObject>;
  private readonly recent: BatchLoader<WireObject>;
  private recentReads = 0;
  private nextListAt = MIN_READS_FOR_LIST;
  private whole: CollectionList = EMPTY_LIST;
  /** No list is sent before this time of the clock. */
  private pausedUntil = -Infinity;
  /** The attribute names of a single object. */
  private attributes: readonly string[] | undefined;

  /** A list is discarded after any write that `writes` counts. */
  constructor(
    private readonly calls: ReadCalls,
    private readonly writes: WriteCounter,
  ) {
    const { clock } = calls;
    this.fresh = new BatchLoader(clock, (ids, by) => this.loadByIds(ids, by));
    this.recent = new BatchLoader(clock, (ids, by) => this.loadRecent(ids, by));
  }

  /** The current object. */
  read(id: string, deadline: number): Promise<WireObject> {
    return this.fresh.load(id, deadline);
  }

  /**
   * The object as of the last second or so. When many objects are read together, the whole
   * collection is listed once, unless it is much larger than the number of reads. Each entry of
   * that list is served once; a second read of the same object goes to the API.
   */
  async readRecent(id: string, deadline: number): Promise<WireObject> {
    return this.takeListed(id) ?? this.recent.load(id, deadline);
  }

  private takeListed(id: string): WireObject | undefined {
    const { rows, until, writes } = this.whole;
    const isValid = writes === this.writes.count && this.calls.clock.now() < until;
    const found = isValid ? rows.get(id) : undefined;
    rows.delete(id);
    return found;
  }

  private async loadRecent(
    ids: readonly string[],
    deadline: number,
  ): Promise<(WireObject | Promise<WireObject>)[]> {
    if (ids.length > 1) await this.listIfDue(ids, deadline);
    const taken = new Map(ids.map((id) => [id, this.takeListed(id)]));
    const missing = ids.filter((id) => taken.get(id) === undefined);
    const others = await this.loadByIds(missing, deadline);
    return ids.map((id) => taken.get(id) ?? others[missing.indexOf(id)]!);
  }

  /** Lists the whole collection if enough reads have accumulated. */
  private async listIfDue(ids: readonly string[], deadline: number): Promise<void> {
    this.recentReads += ids.length;
    if (this.recentReads < this.nextListAt) return;
    const writes = this.writes.count;
    const begin = this.calls.clock.now();
    const rows = await this.listWhole(this.recentReads, ids[0]!, deadline);
    const now = this.calls.clock.now();
    if (rows === undefined) this.nextListAt = 2 * this.recentReads;
    else this.whole = { rows, writes, until: now + Math.max(RECENT_MS, now - begin) };
  }

  private async loadByIds(
    ids: readonly string[],
    deadline: number,
  ): Promise<(WireObject | Promise<WireObject>)[]> {
    const rows = ids.length > 1 ? await this.listByIds(ids, deadline) : EMPTY_LIST.rows;
    return ids.map((id) => rows.get(id) ?? this.readSingle(id, deadline));
  }

  /** The objects that lists return for some ids. */
  private async listByIds(
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

  /** The whole collection, unless it is much larger than the number of requested objects. */
  private async listWhole(
    requested: number,
    sample: string,
    deadline: number,
  ): Promise<Map<string, WireObject> | undefined> {
    const limit = MAX_SIZE_RATIO * requested;
    const page = await this.list(new URLSearchParams({ limit: `${limit}` }), sample, deadline);
    if (page === undefined || (page.next !== undefined && page.rows.length === limit)) {
      return undefined;
    }
    return byId(page.rows);
  }

  private async readSingle(id: string, deadline: number): Promise<WireObject> {
    const object = await this.calls.get(id, deadline);
    this.attributes ??= Object.keys(object);
    return object;
  }

  /**
   * A page, or undefined while lists are unusable. A `sample` object shows which attributes a row
   * must have.
   */
  private async list(
    query: URLSearchParams,
    sample: string,
    deadline: number,
  ): Promise<Page | undefined> {
    const { calls } = this;
    if (calls.clock.now() < this.pausedUntil) return undefined;
    if (this.attributes === undefined)
      await this.readSingle(sample, deadline).catch(() => undefined);
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

const EMPTY_LIST: CollectionList = { rows: new Map(), writes: 0, until: -Infinity };
