/** The evaluation of a simulator's record of requests, with regard to waits. */
import type { RecordedRequest } from "../simulator";
import { KINDS } from "../tests/support/harness/kinds";

const { path: PATH, key: KEY } = KINDS.IpsecSiteConnection;

function isPost({ method, path }: RecordedRequest): boolean {
  return method === "POST" && path.endsWith(PATH);
}

/** The times of the first and the last POST of a connection. */
export function postsIn(requests: readonly RecordedRequest[]): { first: number; last: number } {
  const times = requests.filter(isPost).map(({ at }) => at);
  return { first: Math.min(...times), last: Math.max(...times) };
}

/** When the cloud itself changed the status of each, by id. */
export function changesOf(
  requests: readonly RecordedRequest[],
  made: readonly { readonly id: string; readonly name: string }[],
  pendingMs: number,
): Map<string, number> {
  const posted = new Map(
    requests.filter(isPost).map(({ body, at }) => {
      const { name } = (body as Record<string, { name: string }>)[KEY]!;
      return [name, at] as const;
    }),
  );
  return new Map(made.map(({ id, name }) => [id, posted.get(name)! + pendingMs]));
}

/**
 * The number of status requests: every list of statuses, and every other read that saw an
 * object before its status had changed, or again after it.
 * @param changes when the status of each changed, by id
 */
export function looksAmong(
  requests: readonly RecordedRequest[],
  changes: ReadonlyMap<string, number>,
): number {
  const read = new Set<string>();
  const isLook = ({ method, path, query, at }: RecordedRequest): boolean => {
    const [, id] = path.split(`${PATH}/`);
    const parameters = new URLSearchParams(query);
    if (method !== "GET" || !path.includes(PATH) || parameters.has("name")) return false;
    const ids = id === undefined ? parameters.getAll("id") : [id];
    if (parameters.has("fields")) return true;
    const isDue = (one: string) => at >= (changes.get(one) ?? Infinity) && !read.has(one);
    const isRead = ids.length > 0 && ids.every(isDue);
    for (const one of ids) read.add(one);
    return !isRead;
  };
  return requests.filter(isLook).length;
}

/** The value that half and 95 % of all do not exceed, and the largest. */
export function spread(values: readonly number[]): { p50: number; p95: number; max: number } {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1]!;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
