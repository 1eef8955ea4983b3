import type { Values } from "../requestBody";
import type { VpnAgent } from "../status";
import type { Caller, Tables, VpnKind } from "../rows";
import type { Store } from "../store";
import type { Behavior } from "../types";

/** What the rules look at beside the object itself. */
export interface Context {
  store: Store;
  agent: VpnAgent;
  behavior: Behavior;
  /** The most VPN services of one router. */
  servicesPerRouter: number;
  caller: Caller;
  /** What `peer_address` of the request resolved to; null if it did not. */
  address: string | null;
}

/** What one kind demands beyond the checks of single attributes; each function may throw an ApiFault. */
export interface RuleSet<K extends VpnKind> {
  /** Returns the attributes of the new object. */
  create(values: Values, context: Context): Values;
  /** Returns what changes. */
  update(row: Tables[K], changes: Values, context: Context): Values;
  /** Refuses a deletion. */
  remove(row: Tables[K], context: Context): void;
  /** Called when an object was made, changed or removed. */
  done?(row: Tables[K], verb: "POST" | "PUT" | "DELETE", context: Context): void;
}
