import { grouped } from "../cli/drift/render/wording";
import { table } from "../scripts/figures";
import { REQUESTS, type Conditions, type Results, type Line } from "./model";
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
import { waitingReport } from "./waiting";

/** The figures of a run in Markdown. */
export function report({ conditions, measures, waiting }: Results): string {
  const summaries = summariesOf(measures);
  const parts = [conditionsIn(conditions, summaries)];
  if (summaries.length > 0) {
    parts.push("### Time", timesIn(rowsOf(summaries)));
    parts.push("### Requests, memory, CPU, failures", detailsIn(summaries));
  }
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
  const head = ["", "N", "ours", "no checkpoints", "Terraform", "limit"];
  const ratios = ["ours / Terraform", "no checkpoints / Terraform"];
  return table(
    [...head, ...ratios],
    rows.map(({ server, size, title, cells: { ours, unchecked, terraform }, limit }) => [
      `${SERVER_TITLES[server]}: ${title}`,
      size,
      ...[ours, unchecked, terraform].map((cell) => shownOf(cell, size)),
      limit === undefined ? "-" : inSeconds(limit),
      ...[ours, unchecked].map((cell) => ratioOf(cell, terraform)?.toFixed(2) ?? "-"),
    ]),
  );
}

function shownOf(cell: Cell | undefined, size: number): string {
  if (cell === undefined) return "-";
  return inSeconds(cell.seconds) + (cell.isWhole ? "" : `, ${cell.done} of ${size}`);
}

function detailsIn(summaries: readonly Summary[]): string {
  const others: readonly Line[] = ["ours", "unchecked", "terraform"];
  const rows = others.flatMap((line) => summaries.filter((one) => one.line === line));
  const order = summaries.map(keyOf);
  rows.sort((one, other) => order.indexOf(keyOf(one)) - order.indexOf(keyOf(other)));
  return table(
    ["", "N", ...REQUESTS, "all", "MB", "CPU s", "done", "failed runs"],
    rows.map((one) => [
      `${SERVER_TITLES[one.server]}: ${one.workload}, ${LINE_TITLES[one.line]}`,
      one.size,
      ...REQUESTS.map((kind) =>
        kind === "login" && one.server === "neutron" ? "-" : one.requests[kind],
      ),
      REQUESTS.reduce((sum, kind) => sum + one.requests[kind], 0),
      one.usage ? one.usage.peakMb.toFixed(0) : "-",
      one.usage ? one.usage.cpuSeconds.toFixed(1) : "-",
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
