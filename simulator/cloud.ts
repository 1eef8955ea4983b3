import type { Dialect } from "./dialect";
import type { VpnAgent } from "./status";
import type { Caller } from "./rows";
import type { Store } from "./store";
import type { Behavior } from "./types";

/** What one simulated cloud consists of. */
export interface Cloud {
  readonly store: Store;
  readonly agent: VpnAgent;
  readonly behavior: Behavior;
  readonly dialect: Dialect;
  /** Aliases of the extensions that are there. */
  readonly extensions: readonly string[];
  /** The most VPN services of one router. */
  readonly servicesPerRouter: number;
  /** The most objects of one page. */
  readonly paginationMaxLimit: number;
  /** Network endpoint as in the catalog. */
  readonly endpoint: () => string;
}

/** One request to the network API. */
export interface ApiRequest {
  method: string;
  /** What follows the endpoint, without the query. */
  path: string;
  query: URLSearchParams;
  /** The body as it came. */
  text: string;
  caller: Caller;
}
