import type { PolledObject } from "../wait/statusPoller";

/** So many values of one name still make a URL that every server takes. */
const MOST_VALUES = 50;
const PAGE = "1000";

/**
 * The query of a list that has those objects and little else: by their ids where they are few, else
 * by what they belong to (a VPN service). Of each object it asks for the status alone.
 */
export function statusQuery(watched: readonly PolledObject[]): URLSearchParams {
  const query = new URLSearchParams([
    ["fields", "id"],
    ["fields", "status"],
    ["limit", PAGE],
  ]);
  const ids = watched.map(({ id }) => ["id", id] as const);
  const wide = new Map(watched.flatMap(({ among }) => (among ? [[among[1], among] as const] : [])));
  const isNarrowed = watched.every(({ among }) => among !== undefined);
  const filters = ids.length <= MOST_VALUES ? ids : isNarrowed ? [...wide.values()] : [];
  if (filters.length <= MOST_VALUES) for (const [name, value] of filters) query.append(name, value);
  return query;
}
