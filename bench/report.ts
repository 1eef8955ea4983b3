import { grouped } from "../cli/drift/render/phrases";
import { table } from "../scripts/figures";
import {
  REQUESTS,
  type Conditions,
  type Language,
  type Line,
  type ProgramStart,
  type Results,
} from "./model";
import { SERVER_TITLES } from "./servers";
import {
  LINE_TITLES,
  ratioOf,
  rowsOf,
  summariesOf,
  type Cell,
  type Row,
  type Summary,
} from "./summary";
import { waitingReport } from "./waits";

/** The figures of a run in Markdown. */
export function report({ conditions, measures, waiting, programs }: Results): string {
  const summaries = summariesOf(measures);
  const parts = [conditionsIn(conditions, summaries)];
  if (summaries.length > 0) {
    const rows = rowsOf(summaries);
    parts.push("### Time", timesIn(rows), "### Ratios", ratiosIn(rows));
    parts.push("### Requests, memory, CPU, failures", detailsIn(summaries));
  }
  if (programs) parts.push("### Empty programs", programsIn(programs));
  if (waiting) parts.push("### Waiting", waitingReport(waiting));
  return parts.join("\n\n");
}

function conditionsIn(
  { date, cpu, cores, memoryGb, versions }: Conditions,
  all: readonly Summary[],
) {
  const rounds = [...grouped(all, ({ size }) => size)].map(
    ([size, some]) => `${Math.max(...some.map((one) => one.rounds))} for N = ${size}`,
  );
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const where = `${date}; ${cores} cores (${cpu}), ${memoryGb} GB; ${names.join(", ")}.`;
  return all.length === 0 ? where : `${where}\nRounds: ${rounds.join(", ")}; figures are medians.`;
}

function timesIn(rows: readonly Row[]): string {
  return table(
    ["", "N", ...COLUMNS.map((line) => SHORT_TITLES[line]), "limit"],
    rows.map(({ server, size, title, cells, limit }) => [
      `${SERVER_TITLES[server]}: ${title}`,
      size,
      ...COLUMNS.map((line) => shownOf(cells[line], size)),
      limit === undefined ? "-" : inSeconds(limit),
    ]),
  );
}

const COLUMNS = ["ours", "plugin", "compressed", "unchecked", "terraform", "empty"] as const;

const SHORT_TITLES: Readonly<Record<(typeof COLUMNS)[number], string>> = {
  ours: "ours",
  plugin: "plugin",
  compressed: "compressed",
  unchecked: "no checkpoints",
  terraform: "Terraform",
  empty: "empty",
};

function ratiosIn(rows: readonly Row[]): string {
  const titles = RATIOS.map(
    ([one, other, figure]) =>
      `${SHORT_TITLES[one]} / ${SHORT_TITLES[other]}${figure === "cpuSeconds" ? ", CPU" : ""}`,
  );
  return table(
    ["", "N", ...titles],
    rows.map(({ server, size, title, cells }) => [
      `${SERVER_TITLES[server]}: ${title}`,
      size,
      ...RATIOS.map(
        ([one, other, figure]) => ratioOf(cells[one], cells[other], figure)?.toFixed(2) ?? "-",
      ),
    ]),
  );
}

/** The compared lines, and the figure that is compared: time by the clock unless it is CPU time. */
const RATIOS = [
  ["ours", "terraform", "seconds"],
  ["plugin", "terraform", "seconds"],
  ["compressed", "terraform", "seconds"],
  ["unchecked", "terraform", "seconds"],
  ["ours", "empty", "seconds"],
  ["plugin", "empty", "seconds"],
  ["plugin", "ours", "seconds"],
  ["plugin", "ours", "cpuSeconds"],
] as const;

function programsIn(programs: readonly ProgramStart[]): string {
  const titles: Record<Language, string> = {
    checked: "TypeScript, checked by ts-node",
    transpiled: "TypeScript, transpiled",
    javascript: "JavaScript",
  };
  const imports = {
    sdk: "only Pulumi's SDK",
    dynamic: "this package",
    plugin: "this package, plugin",
  };
  return table(
    ["a preview of an empty program", "seconds", "CPU s"],
    programs.map((one) => [
      `${titles[one.language]}, with ${imports[one.imports]}`,
      inSeconds(one.seconds),
      one.cpuSeconds?.toFixed(1) ?? "-",
    ]),
  );
}

function shownOf(cell: Cell | undefined, size: number): string {
  if (cell === undefined) return "-";
  return inSeconds(cell.seconds) + (cell.isWhole ? "" : `, ${cell.done} of ${size}`);
}

function detailsIn(summaries: readonly Summary[]): string {
  const others: readonly Line[] = COLUMNS;
  const rows = others.flatMap((line) => summaries.filter((one) => one.line === line));
  const order = summaries.map(keyOf);
  rows.sort((one, other) => order.indexOf(keyOf(one)) - order.indexOf(keyOf(other)));
  return table(
    ["", "N", ...REQUESTS, "all", "MB", "CPU s", "whole CPU s", "done", "failed runs"],
    rows.map((one) => [
      `${SERVER_TITLES[one.server]}: ${one.workload}, ${LINE_TITLES[one.line]}`,
      one.size,
      ...REQUESTS.map((kind) =>
        kind === "login" && one.server === "neutron" ? "-" : one.requests[kind],
      ),
      REQUESTS.reduce((sum, kind) => sum + one.requests[kind], 0),
      one.usage ? one.usage.peakMb.toFixed(0) : "-",
      one.usage ? one.usage.cpuSeconds.toFixed(1) : "-",
      one.cpuSeconds?.toFixed(1) ?? "-",
      `${one.done} of ${one.size}`,
      one.failures,
    ]),
  );
}

function keyOf({ server, size, workload }: Summary): string {
  return [server, size, workload].join();
}

function inSeconds(seconds: number): string {
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
}
