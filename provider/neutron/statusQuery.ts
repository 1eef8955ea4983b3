import type { PolledObject } from "../wait/statusList";

/** With this many values of one parameter, every server still accepts the URL. */
const MAX_VALUES = 50;
const PAGE_SIZE = "1000";

/**
 * The list query for those objects and few others: by id if they are few, otherwise by the object
 * that they belong to (a VPN service). It requests only the id and the status.
 */
export function statusQuery(watched: readonly PolledObject[]): URLSearchParams {
  const query = new URLSearchParams([
    ["fields", "id"],
    ["fields", "status"],
    ["limit", PAGE_SIZE],
  ]);
  const ids = watched.map(({ id }) => ["id", id] as const);
  const wide = new Map(watched.flatMap(({ among }) => (among ? [[among[1], among] as const] : [])));
  const isNarrowed = watched.every(({ among }) => among !== undefined);
  const filters = ids.length <= MAX_VALUES ? ids : isNarrowed ? [...wide.values()] : [];
  if (filters.length <= MAX_VALUES) for (const [name, value] of filters) query.append(name, value);
  return query;
}
