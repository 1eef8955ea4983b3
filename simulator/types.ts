/** The durations and final statuses in the simulator. They may be changed while it runs. */
export interface Behavior {
  /** The duration of PENDING_CREATE and PENDING_UPDATE in milliseconds. */
  pendingMs: number;
  /** Whether a PUT of a connection turns it to PENDING_UPDATE first. */
  pendingOnUpdate: boolean;
  /** The status that the agent reports for a connection that is not switched off. */
  settlesTo: "ACTIVE" | "DOWN" | "ERROR";
  /** The delay of every answer in milliseconds. */
  latencyMs: number;
}

/** An endpoint of type `network` in the catalog. */
export interface NetworkEndpoint {
  /** `RegionOne` by default. */
  region?: string;
  /** `public` by default. */
  interface?: "public" | "internal" | "admin";
  /**
   * A URL, or a path of this simulator: `/network`, the default, or one with a prefix, such as
   * `/RegionTwo/network`. All these paths lead to the same Neutron; recorded requests have the path.
   */
  url?: string;
  /** The name by which K5 distinguishes its endpoints; none by default. */
  name?: string;
}

/** The options of {@link startSimulator}. All have defaults. */
export interface SimulatorOptions extends Partial<Behavior> {
  /** The port on 127.0.0.1 for both APIs; 0, the default, selects a free port. */
  port?: number;
  /** The simulated cloud: OpenStack's Neutron (the default) or Fujitsu K5. */
  dialect?: "neutron" | "k5";
  /** The lifetime of a token in seconds, 86400 by default. */
  tokenSeconds?: number;
  /**
   * The network endpoints in the catalog, possibly none. The default depends on the dialect: one for
   * each interface of `RegionOne` in `neutron`, `networking-ex` and `networking` in `k5`.
   */
  networkEndpoints?: readonly NetworkEndpoint[];
  /** The aliases of missing extensions, such as `["vpnaas"]`; their paths are answered with 404. */
  missingExtensions?: readonly string[];
  /**
   * The largest page of a list, which also bounds the `limit` of a request (Neutron's option
   * `pagination_max_limit`); unlimited by default.
   */
  paginationMaxLimit?: number;
  /**
   * The largest number of VPN services of a router. The default is 1 in `k5`, as documented there,
   * and unlimited in `neutron`.
   */
  servicesPerRouter?: number;
  /** The offset of the cloud's clock in seconds, in the Date header and in tokens; negative if slow. */
  clockAheadSeconds?: number;
  /**
   * With `none`, every caller is an admin of project `fake_project_id`, as with Neutron's noauth. The
   * default is `keystone`.
   */
  auth?: "keystone" | "none";
}

/** One request as received. Its body keeps any psk or password; its headers are not recorded. */
export interface RecordedRequest {
  method: string;
  /** The path without the query, such as `/network/v2.0/vpn/vpnservices`. */
  path: string;
  /** The query without the question mark; empty if there is none. */
  query: string;
  /** The parsed JSON, the raw text if that is not valid JSON, or null without a body. */
  body: unknown;
  /** The status of the answer; 0 before the answer. */
  status: number;
  /** The name of the user of the token (in a login: of the credential), or null. */
  user: string | null;
  /** The time of arrival, in milliseconds of `Date.now()`. */
  at: number;
}

/**
 * An answer of either API or of a test. A string is sent unchanged, any other body as JSON. Above
 * 1 kB the body is compressed by gzip if the client accepts that.
 */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * A different treatment of matching requests. Without `answer` a request is processed as usual after
 * `onRequest`.
 */
export interface FaultRule {
  /** The method; if absent, every method matches. */
  method?: string;
  /** A pattern for {@link RecordedRequest.path}; if absent, every path matches. */
  path?: RegExp;
  /**
   * A further condition, evaluated once for each request that `method` and `path` match, until `times`
   * is reached; if absent, every request matches.
   */
  when?: (request: RecordedRequest) => boolean;
  /** The number of matching requests that it applies to, 1 by default. */
  times?: number;
  /** The number of matching requests to skip first, 0 by default. */
  skip?: number;
  /** Runs to its end before the request is processed. */
  onRequest?: (request: RecordedRequest) => void | Promise<void>;
  /**
   * - an {@link Answer}: sent without processing the request
   * - a function: processes the request, and sends the result of the function
   * - `reset-before`: destroys the socket without processing the request
   * - `reset-after`: processes the request, then destroys the socket without an answer
   * - `cut`: processes the request, then destroys the socket in the middle of the answer
   * - `silence-before`: neither processes nor answers the request
   * - `silence`: processes the request without an answer
   * - `hold-until-released`: processes the request after {@link ScriptedFault.release}
   * - `hold-after`: processes the request, and answers it after {@link ScriptedFault.release}
   */
  answer?:
    | Answer
    | ((usual: Answer, request: RecordedRequest) => Answer | Promise<Answer>)
    | "reset-before"
    | "reset-after"
    | "cut"
    | "silence-before"
    | "silence"
    | "hold-until-released"
    | "hold-after";
}

/** An active rule, as {@link Simulator.script} returns it. */
export interface ScriptedFault {
  /** The number of requests that it has applied to. */
  readonly used: number;
  /** Continues all held requests, and holds no further ones. */
  release(): void;
}

/** A running simulator. */
export interface Simulator {
  /**
   * The default network endpoint of the catalog, without a version and a trailing slash, such as
   * `http://127.0.0.1:41234/network`.
   */
  readonly endpoint: string;
  /** The value for `OS_AUTH_URL`, such as `http://127.0.0.1:41234/identity/v3`. */
  readonly identityUrl: string;
  /** All requests in the order of arrival. */
  readonly requests: RecordedRequest[];
  /** The number of requests without a complete answer: now, and at most since `most` was last set. */
  readonly inFlight: { readonly now: number; most: number };
  readonly behavior: Behavior;
  /** The ids of the initial objects of project `lab`, the same in every run. */
  readonly fixture: {
    projectId: string;
    routerId: string;
    subnetId: string;
    secondSubnetId: string;
    /** Another router with a gateway, to which the third subnet is attached. */
    secondRouterId: string;
    thirdSubnetId: string;
    /** An IPv6 subnet of that router. */
    ipv6SubnetId: string;
    /** A router without a gateway, and its subnet. */
    closedRouterId: string;
    closedSubnetId: string;
    /** A router with a gateway and its subnet, of project `lab-other`. */
    foreignRouterId: string;
    foreignSubnetId: string;
  };
  /** A credential of `lab-user`, the same in every run. */
  readonly applicationCredential: { readonly id: string; readonly secret: string };
  /** Activates a rule for the next matching requests. If several match, the oldest applies. */
  script(rule: FaultRule): ScriptedFault;
  /** Revokes all tokens: requests get a 401, and a login with such a token a 404. */
  revokeTokens(): void;
  /**
   * Refuses new connections; pending requests are still answered. The returned function listens on
   * the same port again, and rejects if another process uses it by then.
   */
  goAway(): () => Promise<void>;
  /** Closes the listener and all open sockets, and ends all timers. */
  stop(): Promise<void>;
}
