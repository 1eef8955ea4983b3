import { TransportError } from "../errors";
import { CircuitBreaker } from "../wait/circuitBreaker";
import { withDeadline, type Clock } from "../wait/clock";
import { isTransient } from "../wait/retry";
import type { WireObject } from "./collection";
import { type Page, queriesFor } from "./listQueries";

/** The requests for objects of one type; both take a deadline, a time of the clock. */
export interface ReadCalls {
  get(id: string, deadline: number): Promise<WireObject>;
  /** The first page of a list. */
  list(query: URLSearchParams, deadline: number): Promise<Page>;
  readonly clock: Clock;
}

/** A list of the whole collection must not be this many times larger than the needed part. */
const MAX_SIZE_RATIO = 16;
/** How long to send no list after one failed. */
const PAUSE_MS = 10_000;
/** How long a list waits for the object that shows which attributes a row must have. */
const MAX_SAMPLE_MS = 5_000;

/**
 * Reads many objects of one type with few lists, or one object by itself. Lists are not used while
 * they fail, are refused, or return fewer attributes than a single object has; nor while no single
 * object was read, which is waited for at most five seconds.
 */
export class BulkReader {
  private readonly breaker: CircuitBreaker;
  /** The attribute names of a single object. */
  private attributes: readonly string[] | undefined;
  private learn: () => void = () => undefined;
  /** Resolves when the attribute names are known. */
  private readonly learned = new Promise<void>((resolve) => (this.learn = resolve));

  constructor(private readonly calls: ReadCalls) {
    this.breaker = new CircuitBreaker(calls.clock, { maxFailures: 1, pauseMs: PAUSE_MS });
  }

  /** Reads one object by a request of its own. */
  async readSingle(id: string, deadline: number): Promise<WireObject> {
    const object = await this.calls.get(id, deadline);
    this.attributes ??= Object.keys(object);
    this.learn();
    return object;
  }

  /** The objects that lists return for some ids; empty while lists are unusable. */
  async listByIds(
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

  /**
   * The whole collection; undefined if it is much larger than the number of needed objects, or
   * while lists are unusable. A `sample` object shows which attributes a row must have.
   */
  async listWhole(
    needed: number,
    sample: string,
    deadline: number,
  ): Promise<ReadonlyMap<string, WireObject> | undefined> {
    const limit = MAX_SIZE_RATIO * needed;
    const page = await this.list(new URLSearchParams({ limit: `${limit}` }), sample, deadline);
    if (page === undefined || (page.next !== undefined && page.rows.length === limit)) {
      return undefined;
    }
    return byId(page.rows);
  }

  /** A page, or undefined while lists are unusable. */
  private async list(
    query: URLSearchParams,
    sample: string,
    deadline: number,
  ): Promise<Page | undefined> {
    const { breaker, calls } = this;
    if (!breaker.allowsRequest) return undefined;
    const attributes = await this.attributesOf(sample, deadline);
    if (attributes === undefined) return undefined;
    try {
      const page = await calls.list(query, deadline);
      if (page.rows.every((row) => attributes.every((name) => name in row))) {
        breaker.succeed();
        return page;
      }
      breaker.refuse();
      return undefined;
    } catch (error) {
      breaker.fail(error);
      if (isTransient(error)) throw error;
      return undefined;
    }
  }

  /**
   * The attribute names of a single object: of `sample`, or of one whose read is under way; undefined
   * if no object comes in time, so that a lost answer delays no other object for long.
   */
  private async attributesOf(
    sample: string,
    deadline: number,
  ): Promise<readonly string[] | undefined> {
    const { clock } = this.calls;
    if (this.attributes === undefined) {
      const any = Promise.race([this.readSingle(sample, deadline), this.learned]);
      const limit = Math.min(deadline, clock.now() + MAX_SAMPLE_MS);
      const tooLate = () => new TransportError(`${sample}: no answer yet`, true);
      await withDeadline<unknown>(clock, limit, any, tooLate).catch(() => undefined);
    }
    return this.attributes;
  }
}

function byId(rows: readonly WireObject[]): ReadonlyMap<string, WireObject> {
  return new Map(rows.map((row) => [row.id, row]));
}
