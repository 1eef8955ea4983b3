import { startSimulator } from "../simulator";
import { cloudOf, liveCloud, type Cloud, type CloudRequest } from "../tests/support/harness/cloud";
import { KINDS } from "../tests/support/harness/kinds";
import type { ApiObject } from "../tests/support/harness/api";
import { REQUESTS, type Requests, type ServerName } from "./model";

/** A cloud that has only its fixture, for one turn of one line. */
export interface BenchServer {
  readonly cloud: Cloud;
  /** How many connections shall be made there. */
  readonly size: number;
  /** How long a connection has to stay pending so that a change meets it while it is. */
  readonly pendingSeconds: number;
  /** All requests so far. */
  requests(): Promise<Requests>;
  /** All connections. */
  connections(): Promise<ApiObject[]>;
  stop(): Promise<void>;
}

/** Milliseconds that the simulator takes for each answer. */
export const LATENCY_MS = 10;

/** The names of servers in tables. */
export const SERVER_TITLES: Readonly<Record<ServerName, string>> = {
  neutron: "Neutron",
  simulator: `simulator, ${LATENCY_MS} ms`,
};

/** Starts a server of its own for one turn. */
export async function startServer(name: ServerName, size: number): Promise<BenchServer> {
  const { cloud, requests } = await (name === "neutron" ? startNeutron() : startSimulated());
  await cloud.clear();
  // A Neutron creates about three connections with their groups in a second.
  const pendingSeconds = Math.max(20, size * (name === "neutron" ? 0.35 : 0.06));
  return {
    cloud,
    size,
    pendingSeconds,
    requests: async () => countOf(await requests()),
    connections: () => cloud.api.list(KINDS.IpsecSiteConnection.path),
    stop: () => cloud.stop(),
  };
}

async function startNeutron() {
  const cloud = await liveCloud();
  return { cloud, requests: () => cloud.requests() };
}

async function startSimulated() {
  const simulator = await startSimulator({ latencyMs: LATENCY_MS });
  return { cloud: await cloudOf(simulator), requests: () => Promise.resolve(simulator.requests) };
}

/** Requests by kind; a read by an id counts as `get`, any other GET as `list`. */
export function countOf(requests: readonly Pick<CloudRequest, "method" | "path">[]): Requests {
  const counts = Object.fromEntries(REQUESTS.map((kind) => [kind, 0])) as Record<
    keyof Requests,
    number
  >;
  for (const { method, path } of requests) counts[kindOf(method, path)] += 1;
  return counts;
}

function kindOf(method: string, path: string): keyof Requests {
  if (path.endsWith("/auth/tokens")) return "login";
  if (method === "GET") return /\/[0-9a-f-]{36}$/.test(path) ? "get" : "list";
  return method.toLowerCase() as keyof Requests;
}

/** The requests between two counts. */
export function requestsSince(before: Requests, now: Requests): Requests {
  return Object.fromEntries(REQUESTS.map((kind) => [kind, now[kind] - before[kind]])) as Requests;
}
