/** How long the simulator keeps things pending, and where they end; may be changed while it runs. */
export interface Behavior {
  /** Milliseconds that PENDING_CREATE (and PENDING_UPDATE) lasts. */
  pendingMs: number;
  /** Whether a PUT of a connection turns it to PENDING_UPDATE first. */
  pendingOnUpdate: boolean;
  /** What a connection becomes once it is reported, if it is not switched off. */
  settlesTo: "ACTIVE" | "DOWN" | "ERROR";
  /** Milliseconds added to every answer. */
  latencyMs: number;
}

/** An endpoint of type `network` in the catalog. */
export interface NetworkEndpoint {
  /** `RegionOne` by default. */
  region?: string;
  /** `public` by default. */
  interface?: "public" | "internal" | "admin";
  /**
   * A URL, or a path of this simulator: `/network`, the default, or that below one more name, such
   * as `/RegionTwo/network`. All those paths lead to the same Neutron; the requests tell them apart.
   */
  url?: string;
  /** K5 tells its endpoints apart by names; none by default. */
  name?: string;
}

/** What {@link startSimulator} takes; everything has a default. */
export interface SimulatorOptions extends Partial<Behavior> {
  /** Port on 127.0.0.1 of the one listener that serves both APIs; 0, the default, takes any free one. */
  port?: number;
  /** Which cloud is played: OpenStack's own Neutron (the default) or Fujitsu K5. */
  dialect?: "neutron" | "k5";
  /** Life of a token in seconds, 86400 by default. */
  tokenSeconds?: number;
  /**
   * Network endpoints in the catalog; `[]`: none. The default is that of the dialect: one for each
   * interface of `RegionOne` in `neutron`, `networking-ex` and `networking` in `k5`.
   */
  networkEndpoints?: readonly NetworkEndpoint[];
  /** Aliases of extensions that are not there, e.g. `["vpnaas"]`: what they add is answered with 404. */
  missingExtensions?: readonly string[];
  /**
   * The most objects that one page of a list holds, whatever `limit` a request asks for (Neutron's
   * option `pagination_max_limit`); no bound by default.
   */
  paginationMaxLimit?: number;
  /**
   * How many VPN services a router takes. Default 1 in `k5`, which documents that; no bound in
   * `neutron`, whose API takes any number.
   */
  servicesPerRouter?: number;
  /** Seconds by which the cloud's clock is fast (negative: slow): header Date and the times in tokens. */
  clockAheadSeconds?: number;
  /** `none`: every caller is an admin of project `fake_project_id`, as with Neutron's noauth. Default `keystone`. */
  auth?: "keystone" | "none";
}

/** One request as it arrived. A psk or a password in the body is kept; headers are not. */
export interface RecordedRequest {
  method: string;
  /** Path without the query, e.g. `/network/v2.0/vpn/vpnservices`. */
  path: string;
  /** What followed the question mark, else the empty string. */
  query: string;
  /** Parsed JSON, the raw text if it is no JSON, or null. */
  body: unknown;
  /** Status of the answer; 0 as long as there is none. */
  status: number;
  /** Name of the user behind the token (of a login: behind the credential), else null. */
  user: string | null;
  /** Arrival, in milliseconds of `Date.now()`. */
  at: number;
}

/**
 * An answer of either API, or one that a test dictates. A string is sent as it is, anything else as
 * JSON; over 1 kB compressed by gzip for who accepts that.
 */
export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * What happens to requests that match instead of the usual.
 * Without `answer` the request goes its usual way after `onRequest`.
 */
export interface FaultRule {
  /** Any method if absent. */
  method?: string;
  /** Tested against {@link RecordedRequest.path}; any path if absent. */
  path?: RegExp;
  /** Asked once for each request that `method` and `path` match while `times` lasts; any if absent. */
  when?: (request: RecordedRequest) => boolean;
  /** How many matching requests it is for, 1 by default. */
  times?: number;
  /** How many matching requests are let through first, 0 by default. */
  skip?: number;
  /** Runs, and is waited for, before the request is acted on. */
  onRequest?: (request: RecordedRequest) => void | Promise<void>;
  /**
   * - an {@link Answer}: sent, and nothing is done
   * - a function: it is done, and what the function makes of the usual answer is sent
   * - `reset-before`: the socket is destroyed, and nothing is done
   * - `reset-after`: it is done, then the socket is destroyed without an answer
   * - `cut`: it is done, then the socket is destroyed in the middle of the answer
   * - `silence-before`: nothing is done, and it is never answered
   * - `silence`: it is done and never answered
   * - `hold-until-released`: it waits for {@link ScriptedFault.release}, then goes its usual way
   * - `hold-after`: it is done; its answer waits for {@link ScriptedFault.release}
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

/** A rule in force, as {@link Simulator.script} hands it back. */
export interface ScriptedFault {
  /** How many requests it has applied to so far. */
  readonly used: number;
  /** Lets the requests that it holds go on, and those that it would have held. */
  release(): void;
}

/** A running simulator. */
export interface Simulator {
  /** Network endpoint, by default as in the catalog, e.g. `http://127.0.0.1:41234/network`: no version, no trailing slash. */
  readonly endpoint: string;
  /** What `OS_AUTH_URL` takes, e.g. `http://127.0.0.1:41234/identity/v3`. */
  readonly identityUrl: string;
  /** Every request in the order of arrival. */
  readonly requests: RecordedRequest[];
  /** How many requests have no whole answer: now, and at most since `most` was last set. */
  readonly inFlight: { readonly now: number; most: number };
  readonly behavior: Behavior;
  /** Ids of what project `lab` owns from the start; the same in every run. */
  readonly fixture: {
    projectId: string;
    routerId: string;
    subnetId: string;
    secondSubnetId: string;
    /** Another router with a gateway, and the subnet at it. */
    secondRouterId: string;
    thirdSubnetId: string;
  };
  /** Puts a rule in force for the next matching request(s); of several, the oldest wins. */
  script(rule: FaultRule): ScriptedFault;
  /** From now on every token handed out so far is worthless: 401, or 404 for one to be rescoped. */
  revokeTokens(): void;
  /**
   * From now on connections are refused; what has arrived is still answered. The function that it
   * returns ends that: the same port listens again. Rejects there if another process has it by then.
   */
  goAway(): () => Promise<void>;
  /** Ends the listener, all open sockets and all timers. */
  stop(): Promise<void>;
}
