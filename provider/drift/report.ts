import { cloudResourceType, type Kind } from "../schema/resourceType";
import type { Difference } from "../model/drift";
import type { Unfinished } from "./stackState";

/**
 * The result of comparing a resource of a stack with the cloud:
 * - `inStep`: the cloud shows the values of the state
 * - `drifted`: a property differs
 * - `failed`: no property differs, but the status is ERROR
 * - `gone`: its deletion is proven
 * - `notRead`: the cloud did not show whether it exists
 */
export type Verdict = "inStep" | "drifted" | "failed" | "gone" | "notRead";

/**
 * The states of stacks compared with their clouds, as plain JSON data. It contains no secret:
 * secret values, including those that only the state keeps secret, are left out.
 */
export interface Report {
  /** When the report was taken: ISO 8601, UTC. */
  readonly takenAt: string;
  /** The time that the clouds took to respond. */
  readonly seconds: number;
  readonly stacks: readonly ReportedStack[];
  readonly clouds: readonly ReportedCloud[];
  /** Every resource of the stacks with an object in a cloud, in the order of the states. */
  readonly resources: readonly ReportedResource[];
  /**
   * The objects of the login's project, in the collections that were read, that none of the stacks
   * records.
   */
  readonly unmanaged: readonly ReportedObject[];
  /** Every connection that the clouds show, managed or not. */
  readonly tunnels: readonly Tunnel[];
  /** Remarks that are not problems: whole sentences. */
  readonly notes: readonly string[];
  /** Failed reads with their reasons: whole sentences. Empty if everything was read. */
  readonly problems: readonly string[];
  /** The requests of `pulumi up --refresh`, if they were requested. */
  readonly plan?: readonly PlannedCall[];
}

export interface ReportedStack {
  readonly name: string;
  /** The Pulumi project. */
  readonly project: string;
  /** The number of its resources of this provider. */
  readonly resources: number;
  /** Whether its secrets could be decrypted. */
  readonly secretsRead: boolean;
  /** Absent if there is no sign of an unfinished run. */
  readonly unfinished?: Unfinished;
}

export interface ReportedCloud {
  /** The network endpoint. */
  readonly endpoint: string;
  /** The entries of clouds.yaml for it. */
  readonly names: readonly string[];
  readonly projectId?: string;
  /** The number of requests to each collection that was read, by the last segment of its path. */
  readonly lists: Readonly<Record<string, number>>;
  /** The number of requests for single objects that a list lacked. */
  readonly gets: number;
}

export interface ReportedResource {
  readonly stack: string;
  readonly urn: string;
  /** The logical name. */
  readonly name: string;
  readonly kind: Kind;
  readonly id: string;
  /**
   * The physical name in the cloud, or in the state if the cloud does not show the object; may be
   * empty.
   */
  readonly cloudName: string;
  /** The endpoint of its cloud; absent if it is unknown. */
  readonly endpoint?: string;
  readonly verdict: Verdict;
  /**
   * The current status in the cloud; absent for types without one, and if the object was not read.
   */
  readonly status?: string;
  /** The status in the state. */
  readonly recordedStatus?: string;
  readonly differences: readonly Difference[];
  /** Properties that could not be compared, such as a psk that could not be decrypted. */
  readonly notCompared: readonly string[];
  /** When the state last recorded the resource, before any difference arose: ISO 8601, UTC. */
  readonly recordedAt?: string;
  /** Advice to the user: whole sentences; absent if the resource is in step. */
  readonly advice?: string;
}

export interface ReportedObject {
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  readonly status?: string;
  readonly endpoint: string;
}

/** One connection with both of its ends. Values that the state keeps secret are absent. */
export interface Tunnel {
  readonly id: string;
  /** The logical name if a stack has it, otherwise the physical name. */
  readonly name: string;
  readonly status: string;
  /** False if it, or its service, is administratively down, so that DOWN is expected. */
  readonly adminStateUp: boolean;
  /**
   * `unmanaged`: no given stack records it; `notCompared`: a stack only looked it up, or is about
   * to delete it.
   */
  readonly verdict: Verdict | "notCompared" | "unmanaged";
  readonly endpoint: string;
  readonly serviceId: string;
  /** The name of the service, if its collection was read. */
  readonly serviceName?: string;
  /** The public address of this end, if the cloud shows it. */
  readonly localAddress?: string;
  /** The ids of the subnets of this end, if they are known. */
  readonly localSubnets: readonly string[];
  readonly peerAddress?: string;
  /** The networks behind the peer, if they are known. */
  readonly peerCidrs: readonly string[];
}

/** The effect of an `up`. */
export interface Plan {
  /** The requests in their order. */
  readonly calls: readonly PlannedCall[];
  /** The limits of the plan with their reasons: whole sentences. */
  readonly notes: readonly string[];
}

/** A request of an `up`. */
export interface PlannedCall {
  readonly method: "POST" | "PUT" | "DELETE";
  /** Contains the id, or `<new id of NAME>` for an object that an earlier request creates. */
  readonly path: string;
  /** Secrets are `(hidden)`. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly urn: string;
  /** The logical name of the resource. */
  readonly name: string;
  readonly endpoint: string;
  /** The reason, such as `differs: peerCidrs`. */
  readonly because: string;
}

/** The number of resources by verdict, of unmanaged objects, and of tunnels by status. */
export interface Summary {
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly unmanaged: number;
  readonly tunnels: Readonly<Record<string, number>>;
}

export function summaryOf(report: Report): Summary {
  const count = (verdict: Verdict) =>
    report.resources.filter((one) => one.verdict === verdict).length;
  // The statuses are strings of the cloud, and some may equal the name of a method of an object.
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

/**
 * Whether all objects of a type were listed at an endpoint, so that a missing one does not exist.
 */
export function wasListed(
  { clouds }: Report,
  { kind, endpoint }: Pick<ReportedObject, "kind" | "endpoint">,
): boolean {
  const { path } = cloudResourceType(kind);
  return clouds.some((one) => one.endpoint === endpoint && path in one.lists);
}
