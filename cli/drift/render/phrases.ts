import { isUnfinished } from "../../../provider/drift/concerns";
import {
  summaryOf,
  type Report,
  type ReportedObject,
  type ReportedResource,
  type Tunnel,
  type Verdict,
} from "../../../provider/drift/report";

/** The word for a verdict, in all formats but JSON. */
export const WORDS: Readonly<Record<Tunnel["verdict"], string>> = {
  gone: "gone",
  failed: "ERROR",
  drifted: "drifted",
  notRead: "not read",
  inStep: "in step",
  notCompared: "not compared",
  unmanaged: "unmanaged",
};

/** The verdicts on resources that are not in step, worst first. */
export const FINDINGS = [
  "gone",
  "failed",
  "drifted",
  "notRead",
] as const satisfies readonly Verdict[];

/** The resources that are not in step, in the order of {@link FINDINGS}, then of the report. */
export function findingsOf({ resources }: Report): ReportedResource[] {
  return FINDINGS.flatMap((verdict) => resources.filter((one) => one.verdict === verdict));
}

/** Each advice with its findings, without unread resources, which the problems cover. */
export function adviceOf(report: Report): ReadonlyMap<string, readonly ReportedResource[]> {
  const advised = findingsOf(report).filter(
    ({ advice, verdict }) => advice !== undefined && verdict !== "notRead",
  );
  return grouped(advised, ({ advice }) => advice!);
}

/** The items by key, in the order in which the keys first occur. */
export function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** The tunnels that are not ACTIVE, without those whose ERROR is already a finding. */
export function tunnelsNotActive({ tunnels }: Report): Tunnel[] {
  return tunnels.filter(({ status, verdict }) => status !== "ACTIVE" && verdict !== "failed");
}

/**
 * Remarks on the status of a tunnel: the status in the state, whether it is switched off, whether it
 * is compared. May be empty.
 */
export function aboutTunnel({ resources }: Report, tunnel: Tunnel): string[] {
  const { id, endpoint, status, adminStateUp, verdict } = tunnel;
  const held = resources.find((one) => one.id === id && one.endpoint === endpoint);
  return [
    ...wasStatus({ ...held, status }),
    ...(adminStateUp ? [] : ["switched off"]),
    ...(verdict === "unmanaged" || verdict === "notCompared" ? [WORDS[verdict]] : []),
  ];
}

/** The line for a plan without requests: whether none is needed, or some may be missing. */
export function nothingToSend({ problems, resources, notes }: Report): string {
  if (problems.length > 0 || resources.some(({ verdict }) => verdict === "notRead")) {
    return "Nothing to send for the resources that were read; the others are not in the plan.";
  }
  return notes.length > 0 ? "Nothing to send, unless a note says otherwise." : "Nothing to send.";
}

/** `was ACTIVE` if the state has another status, otherwise empty. */
export function wasStatus({ status, recordedStatus }: Partial<ReportedResource>): string[] {
  return recordedStatus === undefined || recordedStatus === status ? [] : [`was ${recordedStatus}`];
}

/** Both ends of a tunnel, such as `198.51.100.10 to 203.0.113.7`. */
export function endsOf({ localAddress, serviceName, serviceId, peerAddress }: Tunnel): string {
  return `${localAddress ?? (serviceName || serviceId)} to ${peerAddress ?? "an unknown peer"}`;
}

/** Name and id in the cloud: `office-1a2b3c4 (f7cf7305-...)`; only the id if there is no name. */
export function inCloud({ id, name }: Pick<ReportedObject, "id" | "name">): string {
  return name === "" ? id : `${name} (${id})`;
}

/** Kind and logical name of a resource; also its stack if the report has several. */
export function resourceTitle(
  { stacks }: Report,
  { kind, name, stack }: Pick<ReportedResource, "kind" | "name" | "stack">,
): string {
  return `${kind} ${name}${stacks.length > 1 ? ` (${stack})` : ""}`;
}

/** The cloud of an endpoint: its names in clouds.yaml if they are unique, otherwise the endpoint. */
export function cloudTitle({ clouds }: Report, endpoint: string | undefined): string {
  const found = clouds.filter((one) => one.endpoint === endpoint);
  const names = found.length === 1 ? found[0]!.names.join("/") : "";
  return names || (endpoint ?? "unknown");
}

/**
 * The earliest possible begin of a finding, the time when the state was recorded: `since 2026-02-20
 * 16:40 UTC at the earliest`. Empty if that is unknown, or the resource was not read.
 */
export function sinceOf({ recordedAt, verdict }: ReportedResource): string[] {
  if (recordedAt === undefined || verdict === "notRead") return [];
  return [`since ${minuteOf(recordedAt)} at the earliest`];
}

/** A time of a report, to the minute: `2026-02-20 16:40 UTC`. */
export function minuteOf(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

/** A number with its noun, such as `1 list call` or `2 list calls`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `a run on dev has not ended`; empty if there is no such run. */
export function unfinishedOf({ stacks }: Report): string[] {
  const names = stacks.filter(isUnfinished).map(({ name }) => name);
  return names.length === 0 ? [] : [`a run on ${names.join(", ")} has not ended`];
}

/** All counts of a report in one line. Leaves out zeros, except that of resources in step. */
export function countsOf(report: Report): string {
  const { verdicts, unmanaged, tunnels } = summaryOf(report);
  const statuses = Object.entries(tunnels).map(([status, number]) => `${number} ${status}`);
  const properties = grouped(
    report.resources.flatMap((one) => one.notCompared),
    (property) => property,
  );
  const notCompared = [...properties].map(([property, { length }]) => `${property} of ${length}`);
  return [
    [
      ...(["inStep", ...FINDINGS] as const)
        .filter((verdict) => verdict === "inStep" || verdicts[verdict] > 0)
        .map((verdict) => `${verdicts[verdict]} ${WORDS[verdict]}`),
      ...(unmanaged > 0 ? [`${unmanaged} ${WORDS.unmanaged}`] : []),
    ].join(", "),
    ...(statuses.length > 0 ? [`tunnels: ${statuses.join(", ")}`] : []),
    ...(notCompared.length > 0 ? [`not compared: ${notCompared.join(", ")}`] : []),
    ...unfinishedOf(report),
    ...(report.problems.length > 0 ? [count(report.problems.length, "problem")] : []),
  ].join("; ");
}

/** The requests to the clouds, and their duration: `5 list calls (5 at https://...), 0.4 s`. */
export function callsOf({ clouds, seconds }: Report): string {
  const lists = clouds.map(({ lists }) => Object.values(lists).reduce((sum, n) => sum + n, 0));
  const gets = clouds.reduce((sum, one) => sum + one.gets, 0);
  const places = clouds.map(({ endpoint }, i) => `${lists[i]!} at ${endpoint}`);
  const calls = count(
    lists.reduce((sum, n) => sum + n, 0),
    "list call",
  );
  return [
    places.length > 0 ? `${calls} (${places.join(", ")})` : calls,
    ...(gets > 0 ? [count(gets, "single GET")] : []),
    `${seconds.toFixed(1)} s`,
  ].join(", ");
}
