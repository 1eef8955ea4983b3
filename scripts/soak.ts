/**
 * Ten minutes of a program with 1,000 connections in a cloud that fails and flaps. Run by
 * `npm run test:soak`; with `-- --markdown` it also renews the figures in docs/evidence/soak.md.
 */
import { cpus } from "node:os";

import { growths, trendOf, type Figure, type Sample } from "../tests/support/harness/soak/memory";
import { soak, type SoakOptions, type SoakReport } from "../tests/support/harness/soak/soak";
import { renewFigures, table } from "./figures";

const OPTIONS: SoakOptions = {
  connections: 1_000,
  seconds: 600,
  tokenSeconds: 20,
  latencyMs: 20,
  sampleMs: 5_000,
  faults: 0.05,
  seed: 1,
  log: console.log,
};
const MB = 1024 * 1024;

async function main(args: readonly string[]): Promise<void> {
  const report = await soak(OPTIONS);
  const conditions = `Node ${process.version}, ${cpus().length} cores.`;
  const figures = [conditions, totals(report), faults(report), memory(report.samples)].join("\n\n");
  console.log(`\n${figures}\n`);
  if (args.includes("--markdown")) renewFigures("evidence/soak", figures);
  const problems = [
    ...report.errors,
    ...report.disagreements,
    ...(report.isLeaked ? ["A secret was printed."] : []),
    ...growths(report.samples),
  ];
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? "The soak found nothing." : `${problems.length} problems.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function totals(report: SoakReport): string {
  const requests = Object.entries(report.requests);
  return table(
    ["what", "number"],
    [
      ["connections", OPTIONS.connections],
      ["rounds of refresh and up", report.rounds],
      ["requests", requests.reduce((sum, [, number]) => sum + number, 0)],
      ...requests.map(([method, number]): Row => [`of them ${method}`, number]),
      ["logins", report.logins],
      ["answers 401 to an expired token", report.expired],
      ["statuses that others turned to PENDING_UPDATE", report.flaps],
      ["faults", Object.values(report.faults).reduce((sum, number) => sum + number, 0)],
      ["lines `retry: ...`", report.retries],
      ["errors that reached the user", report.errors.length],
      ["differences between state and cloud in the end", report.disagreements.length],
    ],
  );
}

function faults(report: SoakReport): string {
  return table(["fault", "number"], Object.entries(report.faults).sort());
}

/** A line for each minute. */
function memory(samples: readonly Sample[]): string {
  const begin = samples[0]?.at ?? 0;
  const minuteOf = ({ at }: Sample): number => Math.floor((at - begin) / 60_000);
  const rows = samples
    .filter((sample, i) => i === 0 || minuteOf(sample) > minuteOf(samples[i - 1]!))
    .map((sample): Row => [minuteOf(sample), inMb(sample.rss), inMb(sample.heap), sample.files]);
  const judged = (["rss", "heap"] as const).map((figure: Figure) => {
    const { perMinute, middle, last } = trendOf(samples, figure);
    return `${figure}: ${inMb(perMinute)} MB a minute; median of the middle third ${inMb(middle)} MB, of the last ${inMb(last)} MB`;
  });
  return `${table(["minute", "rss in MB", "heap in MB", "files"], rows)}\n\n- ${judged.join("\n- ")}`;
}

type Row = readonly (string | number)[];

function inMb(bytes: number): string {
  return (bytes / MB).toFixed(1);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
