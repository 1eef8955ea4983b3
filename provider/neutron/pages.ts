import { TransportError } from "../errors";
import type { Page } from "./listQueries";

/** No project has this many pages; a longer list does not end. */
const MAX_PAGES = 10_000;
/** How many times in a row a list may resume from an earlier row without a new row. */
const MAX_STEPS_BACK = 50;
/** Each further step back goes this many times as far. */
const STEP_GROWTH = 4;

/**
 * Reads all pages of a list, one after the other. Together they contain every object that exists
 * from the first request to the last; a row may occur more than once.
 *
 * A page begins after its marker, the last row of the previous page. If that object is deleted in
 * between, Neutron stepsBack an empty page, as if the list ended there (neutron/api/api_common.py,
 * PaginationEmulatedHelper). So an empty page is trusted only if its marker is still listed;
 * otherwise the list resumes from an earlier row, or from the beginning if those are gone too.
 *
 * A page without a new row ends the list: a server without paging links to the same rows forever.
 * @throws TransportError if so many objects are deleted meanwhile that the list cannot be
 * completed, or if the list does not end; any error of `fetchPage`.
 */
export async function* pagesOf<P extends Page>(
  kind: string,
  first: URLSearchParams,
  fetchPage: (query: URLSearchParams) => Promise<P>,
): AsyncGenerator<P> {
  const position = new ListPosition(first);
  let query: URLSearchParams | undefined = first;
  for (let count = 1; query !== undefined; count += 1) {
    if (count > MAX_PAGES) throw endlessListError(kind);
    const page = await fetchPage(query);
    yield page;
    query = page.rows.length === 0 ? position.before(query) : position.after(page);
    if (position.stepsBack > MAX_STEPS_BACK) throw unstableListError(kind);
  }
}

/** The position that the reader of a list has reached. */
class ListPosition {
  /** How many times in a row the reader went back without a new row since. */
  stepsBack = 0;
  /** The ids of the rows, each once, in the order of arrival. */
  private readonly ids: string[] = [];
  private readonly indexes = new Map<string, number>();
  /** How many known rows may occur once more. */
  private expectedRepeats = 0;
  /** The markers after which a page was empty. If one is listed later, it existed all the time. */
  private readonly suspectMarkers = new Set<string>();
  private distance = 1;

  constructor(private readonly first: URLSearchParams) {}

  /** The query after a page that has rows; undefined at the end. */
  after({ rows, next }: Page): URLSearchParams | undefined {
    const isConfirmed = rows.some(({ id }) => this.suspectMarkers.has(id));
    const repeated = rows.filter(({ id }) => this.indexes.has(id)).length;
    for (const { id } of rows) this.add(id);
    const isNew = repeated < rows.length;
    const isExpected = isNew || repeated <= this.expectedRepeats;
    if (isNew) this.stepsBack = 0;
    this.expectedRepeats = Math.max(0, this.expectedRepeats - repeated);
    this.distance = 1;
    return isConfirmed || !isExpected ? undefined : next;
  }

  /** The query that verifies whether an empty page is the end; undefined if it is. */
  before(query: URLSearchParams): URLSearchParams | undefined {
    const marker = query.get("marker");
    const index = marker === null ? undefined : this.indexes.get(marker);
    if (marker === null || index === undefined) return undefined;
    this.suspectMarkers.add(marker);
    this.stepsBack += 1;
    const earlier = index - this.distance;
    this.distance *= STEP_GROWTH;
    this.expectedRepeats = this.ids.length - Math.max(0, earlier + 1);
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

function unstableListError(kind: string): TransportError {
  return new TransportError(
    `The list of every ${kind} could not be read to its end: objects are deleted faster than its pages arrive. Try again when no other run deletes there.`,
    true,
  );
}

function endlessListError(kind: string): TransportError {
  return new TransportError(
    `The list of every ${kind} does not end: after ${MAX_PAGES} pages the server links to one more. Check the endpoint and the proxy settings.`,
    true,
  );
}
