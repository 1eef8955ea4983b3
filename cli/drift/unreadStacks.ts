import type { Report } from "../../provider/drift/report";

/**
 * A report that lacks some stacks, with the problems in reading them. Without their states an
 * unmanaged object cannot be distinguished from one of theirs, so no object counts as unmanaged.
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
    notes: [...notes, ...(unmanaged.length > 0 ? [UNMANAGED_OMITTED] : [])],
  };
}

const UNMANAGED_OMITTED =
  "Unmanaged objects are not reported, because a stack that could not be read may own them.";
