import { TransportError } from "../errors";
import type { Page } from "./listQueries";

/** More pages than any project fills; a list that has more does not end. */
const MOST_PAGES = 10_000;
/** A list may go back so many times in a row without a new row. */
const MOST_RETURNS = 50;
/** Each further step back goes so many times as far. */
const FARTHER = 4;

/**
 * All pages of a list, asked for one after the other. The pages hold every object that exists from
 * the first request to the last; a row may come more than once.
 *
 * A page begins after its marker, the last row of the page before. Where that object is deleted in
 * between, Neutron answers an empty page, as if the list ended there (neutron/api/api_common.py,
 * PaginationEmulatedHelper). So an empty page is believed only if its marker is still listed;
 * otherwise the list goes on from an earlier row, and from the beginning where those are gone too.
 *
 * A page without a new row is the end: a server that does not know paging links to the same rows
 * for ever.
 * @throws TransportError where so many objects are deleted meanwhile that the list cannot be completed,
 * or where it does not end; anything that `ask` throws.
 */
export async function* pagesOf<P extends Page>(
  kind: string,
  first: URLSearchParams,
  ask: (query: URLSearchParams) => Promise<P>,
): AsyncGenerator<P> {
  const place = new Place(first);
  let query: URLSearchParams | undefined = first;
  for (let count = 1; query !== undefined; count += 1) {
    if (count > MOST_PAGES) throw endless(kind);
    const page = await ask(query);
    yield page;
    query = page.rows.length === 0 ? place.before(query) : place.after(page);
    if (place.returns > MOST_RETURNS) throw unfinished(kind);
  }
}

/** How far a list was read. */
class Place {
  /** How many times in a row it went back without a new row since. */
  returns = 0;
  /** The ids of the rows, each once, in the order in which they came. */
  private readonly ids: string[] = [];
  private readonly indexes = new Map<string, number>();
  /** How many rows that were seen before may come once more. */
  private repeats = 0;
  /** The markers after which a page was empty. One that is listed later was there all the time. */
  private readonly doubted = new Set<string>();
  private distance = 1;

  constructor(private readonly first: URLSearchParams) {}

  /** The query after a page that has rows; undefined at the end. */
  after({ rows, next }: Page): URLSearchParams | undefined {
    const isConfirmed = rows.some(({ id }) => this.doubted.has(id));
    const repeated = rows.filter(({ id }) => this.indexes.has(id)).length;
    for (const { id } of rows) this.add(id);
    const isNew = repeated < rows.length;
    const isExpected = isNew || repeated <= this.repeats;
    if (isNew) this.returns = 0;
    this.repeats = Math.max(0, this.repeats - repeated);
    this.distance = 1;
    return isConfirmed || !isExpected ? undefined : next;
  }

  /** The query that shows whether an empty page is the end; undefined where it is. */
  before(query: URLSearchParams): URLSearchParams | undefined {
    const marker = query.get("marker");
    const index = marker === null ? undefined : this.indexes.get(marker);
    if (marker === null || index === undefined) return undefined;
    this.doubted.add(marker);
    this.returns += 1;
    const earlier = index - this.distance;
    this.distance *= FARTHER;
    this.repeats = this.ids.length - Math.max(0, earlier + 1);
    const from = new URLSearchParams(earlier < 0 ? this.first : query);
    if (earlier >= 0) from.set("marker", this.ids[earlier]!);
    return from;
  }

  private add(id: string): void {
    if (this.indexes.has(id)) return;
    this.indexes.set(id, this.ids.length);
    this.ids.push(id);
  }
}

function unfinished(kind: string): TransportError {
  return new TransportError(
    `The list of every ${kind} could not be read to its end: objects are deleted faster than its pages come. Try again when no other run deletes there.`,
    true,
  );
}

function endless(kind: string): TransportError {
  return new TransportError(
    `The list of every ${kind} does not end: after ${MOST_PAGES} pages the server links to one more. Check the endpoint and the proxy settings.`,
    true,
  );
}
