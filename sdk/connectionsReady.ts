import { resourceClass } from "./resource";
import type { ConnectionsReadyArgs, ConnectionsReadyState } from "./types";

/**
 * Waits until connections are ready, all of them in parallel.
 *
 * A connection that waits for its own status occupies one of the engine's few slots for the whole wait. With
 * `waitFor: "accepted"` at the connections and one of these, all of them are created first and awaited
 * together, with a few requests for all. Resources that need ready connections depend on this resource.
 *
 * It exists in the program and the state only. It waits again whenever `up` changes one of the connections,
 * and if the state or the cloud does not show each of them as ready. It fails with the names of connections that
 * are in ERROR, deleted, or late; the connections themselves are kept.
 *
 * @example
 * ```ts
 * const ready = new vpnaas.ConnectionsReady("all", { ids: branches.map((one) => one.id) });
 * export const statuses = ready.statuses;
 * ```
 */
export class ConnectionsReady extends resourceClass<ConnectionsReadyArgs, ConnectionsReadyState>(
  "ConnectionsReady",
) {}
