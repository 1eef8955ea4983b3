/** What `npm run bench` measures, and what of it is kept in docs/evidence/performance.json. */

/** In the order in which they are played; the first four on one set of connections. */
export const WORKLOADS = ["create", "refresh", "preview", "destroy", "change"] as const;
export type Workload = (typeof WORKLOADS)[number];

/** Who does the work. `bare` sends the indispensable requests and does nothing else. */
export const LINES = ["ours", "unchecked", "terraform", "bare"] as const;
export type Line = (typeof LINES)[number];

/** Where it is done. */
export const SERVERS = ["neutron", "simulator"] as const;
export type ServerName = (typeof SERVERS)[number];

/** Requests to identity and network by kind. */
export const REQUESTS = ["login", "get", "list", "post", "put", "delete"] as const;
export type Requests = Readonly<Record<(typeof REQUESTS)[number], number>>;

/** What the processes of a provider needed. */
export interface Usage {
  /** The most memory that one of them ever held, in MB of 2^20 bytes. */
  readonly peakMb: number;
  /** CPU time of all of them together. */
  readonly cpuSeconds: number;
}

/** One workload of one line, played once. */
export interface Measure {
  readonly server: ServerName;
  /** How many connections; peer groups are as many. */
  readonly size: number;
  readonly round: number;
  readonly line: Line;
  readonly workload: Workload;
  /** From the start of the command to its end. */
  readonly seconds: number;
  /** Of `create`: from the start of the command until the API shows that none is pending. */
  readonly settledSeconds?: number;
  /** Of `change`: how many connections were pending when it began. */
  readonly pending?: number;
  /** Of `change`: for how long the last of them still was at least. */
  readonly pendingSeconds?: number;
  readonly requests: Requests;
  /** Not there for `bare`, and where the system has no /proc. */
  readonly usage?: Usage;
  /** How many connections are afterwards as the workload wants them. */
  readonly done: number;
  /** The first line of an error, where the command failed. */
  readonly error?: string;
}

/** Where and with what it was measured. */
export interface Conditions {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** By name; a reason in words where something is not there. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Everything that one run of the bench found. */
export interface Results {
  readonly conditions: Conditions;
  readonly measures: readonly Measure[];
  readonly waiting?: WaitingResults;
}

/** One measurement of waiting. */
export interface Waiting {
  readonly connections: number;
  /** How long each stayed pending. */
  readonly pendingSeconds: number;
  /** From the first POST to the last. */
  readonly makingSeconds: number;
  /** From the first POST to the end of the last wait. */
  readonly seconds: number;
  /** Requests that looked at statuses, without the one read at the end of each wait. */
  readonly statusRequests: number;
  /** The same for each second. */
  readonly perSecond: number;
  /** All requests of the provider. */
  readonly requests: number;
  /** Seconds from the cloud's own change of a status to the end of the wait for it. */
  readonly late: { readonly p50: number; readonly p95: number; readonly max: number };
  /** The most memory that the provider process ever held, in MB; undefined where nobody tells. */
  readonly peakMb: number | undefined;
}

/** What Pulumi's engine adds to the waiting of all connections, and what waiting adds to an `up`. */
export interface SettledUp {
  readonly connections: number;
  /** How long each connection stayed pending. */
  readonly pendingSeconds: number;
  readonly checkpoints: boolean;
  /** An `up` that ends when all have settled, at the engine's own parallelism. */
  readonly seconds: number;
  /** The same `up` where nothing is ever pending. */
  readonly secondsWithout: number;
}

/** Everything that is measured of waiting. */
export interface WaitingResults {
  readonly waits: readonly Waiting[];
  readonly ups: readonly SettledUp[];
}
