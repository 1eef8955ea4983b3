/**
 * Compares this package with Terraform's OpenStack provider, in turns on the same kinds of servers. Run
 * by `npm run bench`; docs/evidence/performance.md describes the measurements, and `-- --markdown` renews it.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { prepareNeutron } from "../tests/support/harness/neutron";
import { findEngine } from "../scripts/engine";
import { conditionsOf } from "./conditions";
import { measurePrograms } from "./emptyProgram";
import { keepInDocs } from "./keep";
import { findLines, type Lines } from "./lines";
import type { Measure, Results, ServerName, Workload } from "./model";
import { optionsOf, roundsOf, sizesOf, USAGE, type Options } from "./options";
import { report } from "./report";
import { SERVER_TITLES } from "./servers";
import { LINE_TITLES } from "./summary";
import { timelinesOf } from "./timeline";
import { playTurn, type Turn } from "./turn";
import { measureAllWaiting } from "./waits";

/** Beyond that, checkpoints and changes take many minutes: 1,000 connections are 2,000 resources. */
const MANY = 200;

/** Beyond that, the floor of an empty program is a small part of a run; up to there, checkpoints are. */
const FEW = 20;

async function main(args: readonly string[]): Promise<void> {
  if (args.includes("--help")) {
    console.log(USAGE);
    return;
  }
  const options = optionsOf(args);
  if (options.from !== undefined) {
    await keepInDocs(JSON.parse(readFileSync(options.from, "utf8")) as Results);
    return;
  }
  if (options.timeline) {
    await drawTimelines(options);
    return;
  }
  const results = await measure(options);
  console.log(`\n${report(results)}\n\nAll figures: ${options.json}`);
  if (options.markdown) await keepInDocs(results);
}

async function drawTimelines({ doors, sizes = [1] }: Options): Promise<void> {
  process.env["VPNAAS_ENGINE_BIN"] = (await findEngine(console.log)).bin;
  for (const size of sizes) {
    for (const door of doors) console.log((await timelinesOf(door, size)).join("\n\n"), "\n");
  }
}

/** An interrupted run keeps its measurements in its JSON file. */
async function measure(options: Options): Promise<Results> {
  const versions: Record<string, string> = {};
  const lines = await findLines(options.doors, versions);
  const measures: Measure[] = [];
  const resultsWith = (parts: Partial<Results> = {}): Results => {
    const results = { conditions: conditionsOf(versions), measures, ...parts };
    mkdirSync(dirname(options.json), { recursive: true });
    writeFileSync(options.json, `${JSON.stringify(results, undefined, 1)}\n`);
    return results;
  };
  for (const server of await findServers(options.servers, versions)) {
    for (const size of sizesOf(server, options)) {
      for await (const played of compare(server, size, lines, options)) {
        measures.push(...played);
        resultsWith();
      }
    }
  }
  const programs = options.programs
    ? { programs: await measurePrograms(options.rounds ?? 3, console.log) }
    : {};
  const waiting = options.waiting ? { waiting: await measureAllWaiting(console.log) } : {};
  return resultsWith({ ...programs, ...waiting });
}

async function findServers(
  wanted: readonly ServerName[],
  versions: Record<string, string>,
): Promise<ServerName[]> {
  if (!wanted.includes("neutron")) return [...wanted];
  try {
    await prepareNeutron(console.log);
    return [...wanted];
  } catch (error) {
    versions["Live Neutron"] = `not measured: ${messageOf(error)}`;
    return wanted.filter((server) => server !== "neutron");
  }
}

/** Every round begins with another line. */
async function* compare(
  server: ServerName,
  size: number,
  lines: Lines,
  options: Options,
): AsyncGenerator<Measure[]> {
  const rounds = roundsOf(size, options);
  for (let round = 1; round <= rounds; round += 1) {
    for (let i = 0; i < lines.length; i += 1) {
      const [line, open] = lines[(i + round - 1) % lines.length]!;
      const workloads = workloadsOf({ size, round, line }, options);
      if (workloads.length === 0) continue;
      console.log(`${SERVER_TITLES[server]}, N = ${size}, round ${round} of ${rounds}:`);
      const played = await playTurn({ server, size, round, line, workloads }, open);
      played.forEach((measure) => console.log(`  ${toldOf(measure)}`));
      yield played;
    }
  }
}

/** The limit is measured once, and so is a change, which is long since it waits, for one line of ours. */
function workloadsOf(
  { size, round, line }: Pick<Turn, "size" | "round" | "line">,
  { workloads, whole }: Options,
): Workload[] {
  const isShort = !whole && size > MANY;
  const hasCheckpoints = line === "ours" || line === "plugin" || line === "compressed";
  if ((line === "bare" && round > 1) || (hasCheckpoints && isShort)) return [];
  if (line === "empty" && size > FEW) return [];
  if (line === "compressed" && size <= FEW) return [];
  const hasChange = round === 1 && ["bare", "ours", "terraform"].includes(line) && !isShort;
  return workloads.filter((workload) => workload !== "change" || hasChange);
}

function toldOf({ line, workload, seconds, done, size, error }: Measure): string {
  const failure = error === undefined ? "" : `; ${error}`;
  return `${LINE_TITLES[line]}: ${workload} ${seconds.toFixed(1)} s, ${done} of ${size}${failure}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
