import type { Answer } from "../http/transport";
import type { Collection, WireObject } from "./collection";
import { objectOf, unexpectedResponseError, type ExpectedResponse } from "./responseObjects";

/** A page of a list. */
export interface Page {
  readonly rows: readonly WireObject[];
  /** The query of the next page, if there may be one. */
  readonly next: URLSearchParams | undefined;
}

/**
 * The page in the response to a list.
 * @throws TransportError if the response is not one of this API, or a row is not an object of the
 * type
 */
export function pageOf(collection: Collection, answer: Answer, expected: ExpectedResponse): Page {
  const body = answer.body as Record<string, unknown> | null | undefined;
  const rows = body?.[collection.listEnvelope];
  if (!Array.isArray(rows))
    throw unexpectedResponseError(expected.intent, `it has no list "${collection.listEnvelope}"`);
  const links = body?.[`${collection.listEnvelope}_links`];
  return {
    rows: rows.map((row) => objectOf(collection, row, expected)),
    // A full page links to a next one even if no rows follow.
    next: rows.length === 0 ? undefined : nextOf(links),
  };
}

/** The length of a query that every server accepts, in characters; 50 ids have this length. */
const MAX_QUERY_LENGTH = 2_000;

/**
 * Queries for objects with any of those values; a list treats repeated parameters as alternatives.
 */
export function queriesFor(name: "id" | "name", values: readonly string[]): URLSearchParams[] {
  const queries: URLSearchParams[] = [];
  let length = Infinity;
  for (const value of values) {
    const part = new URLSearchParams([[name, value]]).toString().length + 1;
    if (length + part > MAX_QUERY_LENGTH) {
      queries.push(new URLSearchParams());
      length = 0;
    }
    queries.at(-1)!.append(name, value);
    length += part;
  }
  return queries;
}

function nextOf(links: unknown): URLSearchParams | undefined {
  if (!Array.isArray(links)) return undefined;
  const next = (links as unknown[]).find(isLinkToNext);
  const query = next?.href.split("?")[1];
  return query === undefined ? undefined : new URLSearchParams(query);
}

function isLinkToNext(link: unknown): link is { readonly href: string } {
  const { rel, href } = (link ?? {}) as { rel?: unknown; href?: unknown };
  return rel === "next" && typeof href === "string";
}
