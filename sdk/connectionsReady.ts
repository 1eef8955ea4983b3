import { resourceClass } from "./resource";
import type { ConnectionsReadyArgs, ConnectionsReadyState } from "./types";

/**
 * Waits until connections are ready, all of them side by side.
 *
 * A connection that waits for itself takes one of the engine's few slots as long as that lasts. With
 * `waitFor: "accepted"` at the connections and one of these, all of them are made first and waited for
 * together, with a few requests for all. Whoever needs them ready depends on this resource.
 *
 * It is in the program and the state only. It waits again whenever `up` changes one of the connections,
 * and where the state or the cloud does not show each of them as ready. One that is in ERROR, gone, or late, makes
 * it fail, by name; the connections themselves are kept.
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
