import type { WireObject } from "./collection";
import { BatchLoader } from "./batchLoader";
import { BulkReader, type ReadCalls } from "./bulkReader";
import { TtlCache } from "./ttlCache";
import type { WriteCounter } from "./writeCounter";

/** After this many bulk reads the whole collection is listed, if it is not much larger. */
const MIN_READS_FOR_LIST = 16;
/** How long a list of the whole collection serves reads: as long as it took, or this long. */
const MIN_TTL_MS = 1_000;

/**
 * Reads the objects of one type. Reads that are requested at the same time share one list by ids;
 * an object that the list lacks is requested by itself, so that an error refers to that object.
 */
export class ObjectLoader {
  private readonly reader: BulkReader;
  private readonly fresh: BatchLoader<WireObject>;
  private readonly recent: BatchLoader<WireObject>;
  /** The last list of the whole collection. */
  private readonly listed: TtlCache<WireObject>;
  private recentReads = 0;
  private nextListAt = MIN_READS_FOR_LIST;

  /** A list is discarded after any write that `writes` counts. */
  constructor(
    private readonly calls: ReadCalls,
    private readonly writes: WriteCounter,
  ) {
    const { clock } = calls;
    this.reader = new BulkReader(calls);
    this.listed = new TtlCache(clock, () => writes.count);
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
    return this.listed.take(id) ?? this.recent.load(id, deadline);
  }

  private async loadRecent(
    ids: readonly string[],
    deadline: number,
  ): Promise<(WireObject | Promise<WireObject>)[]> {
    if (ids.length > 1) await this.listIfDue(ids, deadline);
    const taken = new Map(ids.map((id) => [id, this.listed.take(id)]));
    const missing = ids.filter((id) => taken.get(id) === undefined);
    const others = await this.loadByIds(missing, deadline);
    return ids.map((id) => taken.get(id) ?? others[missing.indexOf(id)]!);
  }

  /** Lists the whole collection if enough reads have accumulated. */
  private async listIfDue(ids: readonly string[], deadline: number): Promise<void> {
    this.recentReads += ids.length;
    if (this.recentReads < this.nextListAt) return;
    const { clock } = this.calls;
    const version = this.writes.count;
    const begin = clock.now();
    const objects = await this.reader.listWhole(this.recentReads, ids[0]!, deadline);
    if (objects === undefined) {
      this.nextListAt = 2 * this.recentReads;
      return;
    }
    this.listed.fill(objects, { ttlMs: Math.max(MIN_TTL_MS, clock.now() - begin), version });
  }

  private async loadByIds(
    ids: readonly string[],
    deadline: number,
  ): Promise<(WireObject | Promise<WireObject>)[]> {
    const listed = ids.length > 1 ? await this.reader.listByIds(ids, deadline) : undefined;
    return ids.map((id) => listed?.get(id) ?? this.reader.readSingle(id, deadline));
  }
}
