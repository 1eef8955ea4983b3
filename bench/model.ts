/** The measurements of `npm run bench`, and the form of docs/evidence/performance.json. */

/** In the order in which they are played; the first four on one set of connections. */
export const WORKLOADS = ["create", "refresh", "preview", "destroy", "change"] as const;
export type Workload = (typeof WORKLOADS)[number];

/**
 * The compared lines. `ours` and `unchecked` are dynamic resources, with and without checkpoints; `plugin` and
 * `compressed` are the other door, with plain and with compressed checkpoints. `bare` sends the indispensable
 * requests and does nothing else; `empty` is Pulumi with a program without resources.
 */
export const LINES = [
  "ours",
  "plugin",
  "compressed",
  "unchecked",
  "terraform",
  "bare",
  "empty",
] as const;
export type Line = (typeof LINES)[number];

/** The doors between the engine and this package. */
export const DOORS = ["dynamic", "plugin"] as const;
export type DoorName = (typeof DOORS)[number];

/** The servers of the measurements. */
export const SERVERS = ["neutron", "simulator"] as const;
export type ServerName = (typeof SERVERS)[number];

/** Requests to identity and network by kind. */
export const REQUESTS = ["login", "get", "list", "post", "put", "delete"] as const;
export type Requests = Readonly<Record<(typeof REQUESTS)[number], number>>;

/** The resource usage of a provider's processes. */
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
  /** CPU time of the command with all its processes; absent for `bare`, and on a system without /proc. */
  readonly cpuSeconds?: number;
  /** Of `create`: from the start of the command until the API shows that none is pending. */
  readonly settledSeconds?: number;
  /** Of `change`: how many connections were pending when it began. */
  readonly pending?: number;
  /** Of `change`: the remaining pending time of the last of them, at least. */
  readonly pendingSeconds?: number;
  readonly requests: Requests;
  /** Absent for `bare`, and on a system without /proc. */
  readonly usage?: Usage;
  /** The number of connections that the workload completed. */
  readonly done: number;
  /** The first line of an error, if the command failed. */
  readonly error?: string;
}

/** The machine and the versions of a measurement. */
export interface Conditions {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  /** By name; a reason in words if a tool is missing. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Everything that one run of the bench found. */
export interface Results {
  readonly conditions: Conditions;
  readonly measures: readonly Measure[];
  readonly waiting?: WaitingResults;
  readonly programs?: readonly ProgramStart[];
}

/** The ways in which an empty program is written, in the order of their costs. */
export const LANGUAGES = ["checked", "transpiled", "javascript"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A preview of a program that creates nothing: its medians. */
export interface ProgramStart {
  /** `checked` and `transpiled` are TypeScript, with and without a type check by ts-node. */
  readonly language: Language;
  /** Whether the program imports this package, from which door, or only Pulumi's SDK. */
  readonly imports: DoorName | "sdk";
  readonly seconds: number;
  readonly cpuSeconds?: number;
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
  /** Status requests, without the one read at the end of each wait. */
  readonly statusRequests: number;
  /** The same for each second. */
  readonly perSecond: number;
  /** All requests of the provider. */
  readonly requests: number;
  /** Seconds from the cloud's own change of a status to the end of the wait for it. */
  readonly late: { readonly p50: number; readonly p95: number; readonly max: number };
  /** The most memory that the provider process ever held, in MB; undefined if unknown. */
  readonly peakMb: number | undefined;
}

/** The time that Pulumi's engine adds to the waits of all connections, and that waits add to an `up`. */
export interface SettledUp {
  readonly connections: number;
  /** How long each connection stayed pending. */
  readonly pendingSeconds: number;
  readonly checkpoints: boolean;
  /** An `up` that ends when all have settled, at the engine's own parallelism. */
  readonly seconds: number;
  /** The same `up` without any pending time. */
  readonly secondsWithout: number;
}

/** All measurements of waits. */
export interface WaitingResults {
  readonly waits: readonly Waiting[];
  readonly ups: readonly SettledUp[];
}
