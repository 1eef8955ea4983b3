import { cloudResourceType, type Kind } from "../schema/resourceType";
import type { Difference } from "../model/drift";
import type { Unfinished } from "./stackState";

/**
 * How a resource of a stack stands to the cloud:
 * - `inStep`: the cloud shows what the state has
 * - `drifted`: it differs in a property
 * - `failed`: it does not differ, but its status is ERROR
 * - `gone`: it is proven not to be there any more
 * - `notRead`: the cloud did not tell
 */
export type Verdict = "inStep" | "drifted" | "failed" | "gone" | "notRead";

/**
 * What the stacks have and what the clouds show, as plain JSON data. No secret is in it: a value that
 * is secret, or that the state keeps as one, is left out.
 */
export interface Report {
  /** When it was taken: ISO 8601, UTC. */
  readonly takenAt: string;
  /** How long the clouds took to answer. */
  readonly seconds: number;
  readonly stacks: readonly ReportedStack[];
  readonly clouds: readonly ReportedCloud[];
  /** Every resource of the stacks that a cloud holds, in the order of the states. */
  readonly resources: readonly ReportedResource[];
  /** What is in the clouds' collections that were read, in the login's project, but in no stack given. */
  readonly unmanaged: readonly ReportedObject[];
  /** Every connection that the clouds show, managed or not. */
  readonly tunnels: readonly Tunnel[];
  /** What is worth knowing but no fault: whole sentences. */
  readonly notes: readonly string[];
  /** What could not be read, and why: whole sentences. Empty when all was read. */
  readonly problems: readonly string[];
  /** What `pulumi up --refresh` would send, where that was asked for. */
  readonly plan?: readonly PlannedCall[];
}

export interface ReportedStack {
  readonly name: string;
  /** The Pulumi project. */
  readonly project: string;
  /** How many resources of this provider it holds. */
  readonly resources: number;
  /** Whether its secrets could be decrypted. */
  readonly secretsRead: boolean;
  /** Absent where nothing tells of a run that has not ended. */
  readonly unfinished?: Unfinished;
}

export interface ReportedCloud {
  /** The network endpoint. */
  readonly endpoint: string;
  /** The entries of clouds.yaml that lead to it. */
  readonly names: readonly string[];
  readonly projectId?: string;
  /** Requests to each collection that was read, by the last part of its path. */
  readonly lists: Readonly<Record<string, number>>;
  /** Requests for a single object, where a list proved nothing. */
  readonly gets: number;
}

export interface ReportedResource {
  readonly stack: string;
  readonly urn: string;
  /** The logical name. */
  readonly name: string;
  readonly kind: Kind;
  readonly id: string;
  /** Its name in the cloud, or in the state where the cloud does not show it; may be empty. */
  readonly cloudName: string;
  /** Of the cloud that it lives in; absent where that is not known. */
  readonly endpoint?: string;
  readonly verdict: Verdict;
  /** As the cloud shows it now; absent for kinds without one, and where it was not read. */
  readonly status?: string;
  /** As the state has it. */
  readonly recordedStatus?: string;
  readonly differences: readonly Difference[];
  /** Properties that could not be compared, such as a psk that could not be decrypted. */
  readonly notCompared: readonly string[];
  /** When the state last recorded it: a difference is younger. ISO 8601, UTC. */
  readonly recordedAt?: string;
  /** What to do about it: whole sentences; absent for what is in step. */
  readonly advice?: string;
}

export interface ReportedObject {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly status?: string;
  readonly endpoint: string;
}

/** One connection with both of its ends. What the state keeps secret is absent. */
export interface Tunnel {
  readonly id: string;
  /** Its logical name if a stack has it, else its name in the cloud. */
  readonly name: string;
  readonly status: string;
  /** False if it, or its service, is switched off, so that DOWN is what was asked for. */
  readonly adminStateUp: boolean;
  /** `unmanaged`: in no stack given; `notCompared`: a stack only looked it up, or is about to delete it. */
  readonly verdict: Verdict | "notCompared" | "unmanaged";
  readonly endpoint: string;
  readonly serviceId: string;
  /** Name of the service, where its collection was read. */
  readonly serviceName?: string;
  /** Public address of this end, where the cloud tells it. */
  readonly localAddress?: string;
  /** Ids of the subnets of this end, where they are known. */
  readonly localSubnets: readonly string[];
  readonly peerAddress?: string;
  /** Networks behind the peer, where they are known. */
  readonly peerCidrs: readonly string[];
}

/** What an `up` would do. */
export interface Plan {
  /** In the order in which they would be sent. */
  readonly calls: readonly PlannedCall[];
  /** What the plan does not tell, and why: whole sentences. */
  readonly notes: readonly string[];
}

/** A request that an `up` would send. */
export interface PlannedCall {
  readonly method: "POST" | "PUT" | "DELETE";
  /** With the id, or `<new id of NAME>` for what another call makes first. */
  readonly path: string;
  /** Secrets are `(hidden)`. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly urn: string;
  /** Logical name of the resource. */
  readonly name: string;
  readonly endpoint: string;
  /** Why, such as `differs: peerCidrs`. */
  readonly because: string;
}

/** How many resources there are of each verdict, how many objects are unmanaged, and which statuses the tunnels have. */
export interface Summary {
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly unmanaged: number;
  /** Tunnels by status. */
  readonly tunnels: Readonly<Record<string, number>>;
}

/** Counts a report. */
export function summaryOf(report: Report): Summary {
  const count = (verdict: Verdict) =>
    report.resources.filter((one) => one.verdict === verdict).length;
  // The statuses are the cloud's own words: an object would find its own methods under some.
  const tunnels = new Map<string, number>();
  for (const { status } of report.tunnels) tunnels.set(status, (tunnels.get(status) ?? 0) + 1);
  return {
    verdicts: {
      inStep: count("inStep"),
      drifted: count("drifted"),
      failed: count("failed"),
      gone: count("gone"),
      notRead: count("notRead"),
    },
    unmanaged: report.unmanaged.length,
    tunnels: Object.fromEntries(tunnels),
  };
}

/** Whether all objects of a kind were listed at an endpoint, so that one that is missing is not there. */
export function wasListed(
  { clouds }: Report,
  { kind, endpoint }: Pick<ReportedObject, "kind" | "endpoint">,
): boolean {
  const { path } = cloudResourceType(kind);
  return clouds.some((one) => one.endpoint === endpoint && path in one.lists);
}

/** What may decide on the exit status of a drift check. */
export const CONCERNS = ["drift", "down", "unmanaged", "unfinished"] as const;

/** One of {@link CONCERNS}. */
export type Concern = (typeof CONCERNS)[number];

/**
 * Which concerns a report gives reason for: `drift` for anything drifted, gone or in ERROR, `down`
 * for a tunnel of a stack that is in ERROR, or DOWN and not switched off, `unmanaged` for any
 * unmanaged object, `unfinished` for a stack on which a run is at work, or was cut short.
 */
export function concernsOf(report: Report): Concern[] {
  const has: Readonly<Record<Concern, boolean>> = {
    drift: report.resources.some(({ verdict }) => ["drifted", "failed", "gone"].includes(verdict)),
    down: report.tunnels.some((one) => isDown(one) || (isOfStack(one) && one.status === "ERROR")),
    unmanaged: report.unmanaged.length > 0,
    unfinished: report.stacks.some(isUnfinished),
  };
  return CONCERNS.filter((one) => has[one]);
}

/** Whether a run is at work on a stack, or was cut short, as far as that is known. */
export function isUnfinished({ unfinished }: Pick<ReportedStack, "unfinished">): boolean {
  return unfinished !== undefined;
}

/** Whether a tunnel of a stack is down though nobody asked for it. */
export function isDown(tunnel: Tunnel): boolean {
  return tunnel.status === "DOWN" && tunnel.adminStateUp && isOfStack(tunnel);
}

function isOfStack({ verdict }: Tunnel): boolean {
  return verdict !== "unmanaged" && verdict !== "notCompared";
}
