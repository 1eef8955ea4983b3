import type { Answer } from "../http/transport";
import type { Collection, WireObject } from "./collection";
import { objectOf, unexpectedResponseError, type Wanted } from "./responseObjects";

/** A page of a list. */
export interface Page {
  readonly rows: readonly WireObject[];
  /** The query of the next page, where there may be one. */
  readonly next: URLSearchParams | undefined;
}

/**
 * What an answer to a list holds.
 * @throws TransportError where it is not one of this API, or a row is not an object of the kind
 */
export function pageOf(place: Collection, answer: Answer, wanted: Wanted): Page {
  const body = answer.body as Record<string, unknown> | null | undefined;
  const rows = body?.[place.listEnvelope];
  if (!Array.isArray(rows))
    throw unexpectedResponseError(wanted.intent, `it has no list "${place.listEnvelope}"`);
  const links = body?.[`${place.listEnvelope}_links`];
  return {
    rows: rows.map((row) => objectOf(place, row, wanted)),
    // A full page links to a next one even when nothing follows.
    next: rows.length === 0 ? undefined : nextOf(links),
  };
}

/** So many characters of a query every server takes; 50 ids have as many. */
const MOST_CHARACTERS = 2_000;

/** Queries that ask together for objects with one of those values; a list takes several as alternatives. */
export function queriesFor(name: "id" | "name", values: readonly string[]): URLSearchParams[] {
  const queries: URLSearchParams[] = [];
  let length = Infinity;
  for (const value of values) {
    const part = new URLSearchParams([[name, value]]).toString().length + 1;
    if (length + part > MOST_CHARACTERS) {
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
