import { driftFindings } from "../../provider/diagnose/driftFindings";
import { planOf } from "../../provider/drift/plan";
import { concernsOf, type Concern } from "../../provider/drift/concerns";
import type { Report } from "../../provider/drift/report";
import { reportOf } from "../../provider/drift/buildReport";
import { takeInventory, type Inventory } from "../../provider/drift/inventory";
import { messageOf } from "../../provider/errors";
import { systemClock } from "../../provider/wait/clock";
import { htmlOf } from "../drift/render/html";
import { jsonOf } from "../drift/render/json";
import { markdownOf } from "../drift/render/markdown";
import { lackingStacks } from "../drift/unreadStacks";
import { planText } from "../drift/render/plan";
import { tableOf } from "../drift/render/table";
import { watch } from "../drift/watch/watch";
import { driftOptionsOf, type DriftOptions } from "./driftOptions";
import { openClouds } from "./openClouds";
import { writeFile } from "../io/files";
import { stdout } from "../io/output";
import { untilSignal } from "../io/signals";
import { enterFolder } from "../io/workingFolder";
import { readStacks } from "../pulumi/stacks";

/**
 * `pulumi-vpnaas drift`: prints the differences between stacks and clouds. With `--watch` it
 * continues until SIGINT or SIGTERM, or until its output is no longer read. Resolves with the exit
 * status: 2 for a concern that `--fail-on` names, 1 if a stack or a cloud could not be read.
 * @throws UsageError for invalid options; Error of one line for stacks that cannot be read
 */
export async function drift(args: string[]): Promise<number> {
  const options = driftOptionsOf(args);
  enterFolder(options.cwd);
  const readReport = reportReader(options);
  const first = await readReport();
  const { report } = first;
  stdout.write(printed(report, options));
  keep(first, options);
  if (options.watchMs === undefined) return statusOf(report, options.failOn);
  const last = await watch(report, {
    pauseMs: options.watchMs,
    clock: systemClock,
    today: () => new Date(),
    end: AbortSignal.any([untilSignal(), stdout.lost]),
    readReport: async () => {
      const next = await readReport();
      keep(next, options);
      return next.report;
    },
    print: (line) => stdout.print(line),
  });
  return statusOf(last, options.failOn);
}

/** A report with the content of its page, if one is requested. */
interface Taken {
  readonly report: Report;
  readonly page?: string;
}

/** A function that reads stacks and clouds anew with each call; it keeps the logins. */
function reportReader({ stacks, all, plan, html, debug }: DriftOptions): () => Promise<Taken> {
  const clouds = openClouds(debug);
  return async () => {
    const { states, problems } = await readStacks({ stacks, all, cwd: "." });
    const found = await takeInventory(clouds, states);
    const report = lackingStacks(plan ? await withPlan(found) : reportOf(found), problems);
    if (html === undefined) return { report };
    return { report, page: htmlOf(report, await driftFindings(report, found)) };
  };
}

/** The report with its plan; a plan that fails is one of the problems of the report. */
async function withPlan(found: Inventory): Promise<Report> {
  try {
    return reportOf(found, await planOf(found));
  } catch (error) {
    const report = reportOf(found);
    return { ...report, problems: [...report.problems, `There is no plan: ${messageOf(error)}`] };
  }
}

function printed(report: Report, { format }: DriftOptions): string {
  if (format === "json") return jsonOf(report);
  if (format === "markdown") return markdownOf(report);
  const color = stdout.isTerminal && !process.env["NO_COLOR"];
  const plan = report.plan === undefined ? "" : `\n${planText(report, report.plan)}`;
  return tableOf(report, { color }) + plan;
}

function keep({ page }: Taken, { html }: DriftOptions): void {
  if (html !== undefined && page !== undefined) writeFile("The page", html, page);
}

function statusOf(report: Report, failOn: readonly Concern[]): 0 | 1 | 2 {
  if (report.problems.length > 0) return 1;
  return concernsOf(report).some((concern) => failOn.includes(concern)) ? 2 : 0;
}
