import type { Values } from "../requestBody";
import type { VpnAgent } from "../status";
import type { Caller, Tables, VpnKind } from "../rows";
import type { Store } from "../store";
import type { Behavior } from "../types";

/** The data that rules need in addition to the object itself. */
export interface Context {
  store: Store;
  agent: VpnAgent;
  behavior: Behavior;
  /** The largest number of VPN services of one router. */
  servicesPerRouter: number;
  caller: Caller;
  /** The address of the request's `peer_address`; null if it could not be resolved. */
  address: string | null;
}

/** The rules of one kind beyond the checks of single attributes. Each function may throw an ApiFault. */
export interface RuleSet<K extends VpnKind> {
  /** Returns the attributes of the new object. */
  create(values: Values, context: Context): Values;
  /** Returns the changed attributes. */
  update(row: Tables[K], changes: Values, context: Context): Values;
  /** Refuses a deletion. */
  remove(row: Tables[K], context: Context): void;
  /** Called after an object was created, changed or removed. */
  done?(row: Tables[K], verb: "POST" | "PUT" | "DELETE", context: Context): void;
}
