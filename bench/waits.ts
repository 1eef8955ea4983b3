/**
 * Measures the requests of waits and the delay until a wait ends: connections that are all created at once
 * through one provider process and stay pending for a while in the simulator.
 */
import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startSimulator } from "../simulator";
import { cloudOf, loginOf } from "../tests/support/harness/cloud";
import { ProviderProcess } from "../tests/support/harness/providerProcess";
import { table } from "../scripts/figures";
import { changesOf, looksAmong, postsIn, spread } from "./looks";
import { peersOf, PSK } from "./peers";
import { LATENCY_MS } from "./servers";
import type { SettledUp, Waiting, WaitingResults } from "./model";
import { measureSettledUp } from "./settledUp";
import { watchUsage } from "./usage";

const ANSWER_MS = 300_000;

/**
 * Creates so many connections at once, each waiting until it has settled.
 * @throws OperationError of the first that fails
 */
export async function measureWaiting({
  connections,
  pendingSeconds,
}: Pick<Waiting, "connections" | "pendingSeconds">): Promise<Waiting> {
  const pendingMs = pendingSeconds * 1_000;
  const sim = await startSimulator({ pendingMs, latencyMs: LATENCY_MS });
  const cloud = await cloudOf(sim);
  const home = join(tmpdir(), `vpnaas-waiting-${randomUUID()}`);
  const provider = await ProviderProcess.start({
    config: { "vpnaas:dialect": "neutron" },
    env: { ...loginOf(cloud), HOME: home },
    package: "installed",
    answerMs: ANSWER_MS,
  });
  try {
    const basis = { ...cloud.parents, psk: PSK };
    const usage = watchUsage({ home, command: /nodeHostMain\.cjs/ });
    const before = sim.requests.length;
    const ends = await Promise.all(
      peersOf(connections).map(async ({ address, cidr }) => {
        const one = { ...basis, name: address, peerAddress: address, peerId: address };
        const { inputs } = await provider.check({ ...one, peerCidrs: [cidr] });
        const { id } = await provider.create(inputs);
        return { id, name: address, at: Date.now() };
      }),
    );
    const peakMb = usage()?.peakMb;
    const requests = sim.requests.slice(before);
    const changes = changesOf(requests, ends, pendingMs);
    const { first, last } = postsIn(requests);
    const seconds = (Math.max(...ends.map(({ at }) => at)) - first) / 1_000;
    const statusRequests = looksAmong(requests, changes);
    return {
      connections,
      pendingSeconds,
      seconds,
      statusRequests,
      peakMb,
      makingSeconds: (last - first) / 1_000,
      perSecond: statusRequests / seconds,
      requests: requests.length,
      late: spread(ends.map(({ id, at }) => (at - changes.get(id)!) / 1_000)),
    };
  } finally {
    await provider.stop();
    await sim.stop();
  }
}

const SIZES = [1, 20, 200, 1_000];
const PENDING_SECONDS = [1, 5, 20];

/** Measures every size with every pending time, and {@link measureSettledUp}; `say` receives lines of progress. */
export async function measureAllWaiting(say: (line: string) => void): Promise<WaitingResults> {
  const waits: Waiting[] = [];
  for (const connections of SIZES) {
    for (const pendingSeconds of PENDING_SECONDS) {
      const wait = await measureWaiting({ connections, pendingSeconds });
      say(`waiting: ${HEAD.map((title, i) => `${title} ${cellsOf(wait)[i]}`).join(", ")}`);
      waits.push(wait);
    }
  }
  const ups = await measureSettledUp();
  for (const up of ups) say(`waiting: ${sentenceOf(up)}`);
  return { waits, ups };
}

const HEAD = [
  "connections",
  "pending",
  "making",
  "status requests",
  "each second",
  "all requests",
  "late p50",
  "late p95",
  "late at most",
  "allowed p95",
  "peak memory",
];

function cellsOf(wait: Waiting): (string | number)[] {
  const { p50, p95, max } = wait.late;
  const allowed = Math.max(0.5, wait.pendingSeconds / 10);
  return [
    wait.connections,
    `${wait.pendingSeconds} s`,
    `${wait.makingSeconds.toFixed(1)} s`,
    wait.statusRequests,
    wait.perSecond.toFixed(1),
    wait.requests,
    ...[p50, p95, max, allowed].map((seconds) => `${seconds.toFixed(2)} s`),
    wait.peakMb === undefined ? "-" : `${wait.peakMb.toFixed(0)} MB`,
  ];
}

function sentenceOf({ connections, pendingSeconds, checkpoints, ...up }: SettledUp): string {
  const [took, without] = [up.seconds, up.secondsWithout].map((seconds) => seconds.toFixed(1));
  const target = (pendingSeconds + up.secondsWithout + 3).toFixed(1);
  return (
    `${connections} connections that pend for ${pendingSeconds} s, ${checkpoints ? "with" : "without"} ` +
    `checkpoints: \`up\` ${took} s, ${without} s where nothing pends (target ${target} s).`
  );
}

const LEGEND = `All connections are created at once through one provider process, each waiting until it has
settled, on the simulator with ${LATENCY_MS} ms for each answer, which shares the machine. *Making* lasts from the
first POST to the last; *late* is the time from the cloud's own change of a status to the end of the wait
for it, so while connections are still being made it is the making's as well.`;

/** The figures in Markdown: a table of the waits, a line for each `up`. */
export function waitingReport({ waits, ups }: WaitingResults): string {
  const lines = ups.map((up) => `- ${sentenceOf(up)}`).join("\n");
  return [LEGEND, table(HEAD, waits.map(cellsOf)), lines].join("\n\n");
}
