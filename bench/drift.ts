/**
 * Compares `pulumi-vpnaas drift` with `pulumi refresh --preview-only` on large stacks in the
 * simulator. Run by `npm run bench:drift`; with `-- --markdown` it also renews the figures in
 * docs/guides/drift.md.
 */
import { cpus } from "node:os";

import { startSimulator, type Simulator } from "../simulator";
import type { RunResult } from "../tests/support/harness/child";
import { cloudOf, loginOf } from "../tests/support/harness/cloud";
import {
  ref,
  ResourceStack,
  type Declared,
  type Program,
} from "../tests/support/harness/resources";
import { findEngine } from "../scripts/engine";
import { renewFigures } from "../scripts/figures";

const SIZES = [200, 1_000];
const ROUNDS = 5;
/** How long the cloud takes for each answer. */
const LATENCIES_MS = [0, 50];

/** Both ways on one stack. */
interface Pair {
  readonly latency: number;
  readonly drift: Figures;
  readonly refresh: Figures;
}

/** Medians of one way to look at a stack. */
interface Figures {
  readonly seconds: number;
  /** To identity and network together. */
  readonly requests: number;
}

async function main(args: readonly string[]): Promise<void> {
  const { bin, version } = await findEngine(console.log);
  process.env["VPNAAS_ENGINE_BIN"] = bin;
  const rows: string[] = [];
  for (const size of SIZES) {
    for (const { latency, drift, refresh } of await measure(size)) {
      const ratio = (refresh.seconds / drift.seconds).toFixed(1);
      const cells = [size, `${latency} ms`, ...told(drift), ...told(refresh), ratio];
      rows.push(`| ${cells.join(" | ")} |`);
    }
  }
  const table = [
    "| connections | each answer takes | `drift` | requests | `refresh --preview-only` | requests | times as long |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
  const [cpu] = cpus();
  const conditions =
    `Medians of ${ROUNDS} rounds, turn by turn, on stacks in step; requests with the login. The cloud is\n` +
    `the simulator. ${cpus().length} cores (${cpu?.model ?? "unknown"}), ` +
    `Node ${process.version},\nPulumi ${version}. \`npm run bench:drift\` measures it again.`;
  console.log(`\n${table}\n\n${conditions}`);
  if (args.includes("--markdown")) renewFigures("guides/drift", `${table}\n\n${conditions}`);
}

async function measure(size: number): Promise<Pair[]> {
  const simulator = await startSimulator({ pendingMs: 0 });
  const cloud = await cloudOf(simulator);
  await cloud.clear();
  const program = await ResourceStack.make(cloud);
  const { stack } = program;
  try {
    // Without it the engine writes the whole state twice for each resource.
    const quick = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
    stack.setEnv({ ...loginOf(cloud), ...quick });
    const begin = Date.now();
    await program.up(connections(cloud.fixture, size));
    console.log(`${size} connections were made in ${((Date.now() - begin) / 1_000).toFixed(0)} s.`);
    stack.setEnv(loginOf(cloud));
    const ways = {
      drift: () => stack.verb(["drift", "--stack", "test"]),
      refresh: () => stack.refresh(["--preview-only", "--expect-no-changes"]),
    };
    const pairs: Pair[] = [];
    for (const latency of LATENCIES_MS) {
      simulator.behavior.latencyMs = latency;
      const rounds: Record<keyof typeof ways, Figures[]> = { drift: [], refresh: [] };
      for (let round = 1; round <= ROUNDS; round += 1) {
        for (const way of ["drift", "refresh"] as const) {
          const figures = await timed(simulator, ways[way]);
          rounds[way].push(figures);
          console.log(`round ${round}: ${way} ${told(figures).join(", ")} requests`);
        }
      }
      pairs.push({ latency, drift: medians(rounds.drift), refresh: medians(rounds.refresh) });
    }
    return pairs;
  } finally {
    await program.dispose();
    await simulator.stop();
  }
}

async function timed(simulator: Simulator, run: () => Promise<RunResult>): Promise<Figures> {
  const before = simulator.requests.length;
  const { code, seconds, text } = await run();
  if (code !== 0) throw new Error(`The stack is not in step:\n${text}`);
  return { seconds, requests: simulator.requests.length - before };
}

function medians(all: readonly Figures[]): Figures {
  const median = (values: number[]) => values.sort((one, other) => one - other)[all.length >> 1]!;
  return {
    seconds: median(all.map(({ seconds }) => seconds)),
    requests: median(all.map(({ requests }) => requests)),
  };
}

function told({ seconds, requests }: Figures): string[] {
  return [`${seconds.toFixed(1)} s`, String(requests)];
}

function connections(
  { routerId, subnetId }: { readonly routerId: string; readonly subnetId: string },
  size: number,
): Program {
  const many = Array.from({ length: size }, (_, i): [string, Declared] => {
    const peer = `198.51.${i >> 8}.${i & 255}`;
    const args = {
      vpnServiceId: ref("service.id"),
      ikePolicyId: ref("ike.id"),
      ipsecPolicyId: ref("ipsec.id"),
      peerAddress: peer,
      peerId: peer,
      peerCidrs: [`10.${64 + (i >> 8)}.${i & 255}.0/24`],
      psk: "for measuring only",
    };
    return [`tunnel${i + 1}`, { kind: "IpsecSiteConnection", args }];
  });
  return {
    service: { kind: "VpnService", args: { routerId, subnetId } },
    ike: { kind: "IkePolicy" },
    ipsec: { kind: "IpsecPolicy" },
    ...Object.fromEntries(many),
  };
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
