import type { Report } from "../../provider/drift/report";

/**
 * A report that lacks stacks, with the problems in reading them. What they hold cannot be told from
 * what no stack holds, so that nothing is called unmanaged.
 */
export function lackingStacks(report: Report, problems: readonly string[]): Report {
  if (problems.length === 0) return report;
  const { unmanaged, tunnels, notes } = report;
  return {
    ...report,
    unmanaged: [],
    tunnels: tunnels.map((one) =>
      one.verdict === "unmanaged" ? { ...one, verdict: "notCompared" } : one,
    ),
    problems: [...problems, ...report.problems],
    notes: [...notes, ...(unmanaged.length > 0 ? [UNTOLD] : [])],
  };
}

const UNTOLD =
  "Unmanaged objects are not reported, because a stack that could not be read may own them.";
