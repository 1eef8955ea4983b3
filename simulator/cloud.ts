import type { Dialect } from "./dialect";
import type { VpnAgent } from "./status";
import type { Caller } from "./rows";
import type { Quotas } from "./quotas";
import type { Store } from "./store";
import type { Behavior } from "./types";

/** The parts of one simulated cloud. */
export interface Cloud {
  readonly store: Store;
  readonly quotas: Quotas;
  readonly agent: VpnAgent;
  readonly behavior: Behavior;
  readonly dialect: Dialect;
  /** The aliases of the available extensions. */
  readonly extensions: readonly string[];
  /** The largest number of VPN services of one router. */
  readonly servicesPerRouter: number;
  /** The largest number of objects in one page. */
  readonly paginationMaxLimit: number;
  /** The network endpoint, as in the catalog. */
  readonly endpoint: () => string;
}

/** One request to the network API. */
export interface ApiRequest {
  method: string;
  /** The path below the endpoint, without the query. */
  path: string;
  query: URLSearchParams;
  /** The body as received. */
  text: string;
  caller: Caller;
}
