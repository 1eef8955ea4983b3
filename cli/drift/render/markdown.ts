import { concernsOf } from "../../../provider/drift/concerns";
import type { Report, ReportedResource } from "../../../provider/drift/report";
import { formatValue } from "../../../provider/model/drift";
import { code, prose } from "./markdownText";
import { planText } from "./plan";
import { fitted, section, type Section } from "./sizeLimit";
import {
  aboutTunnel,
  adviceOf,
  resourceTitle,
  callsOf,
  cloudTitle,
  count,
  countsOf,
  endsOf,
  findingsOf,
  inCloud,
  sinceOf,
  tunnelsNotActive,
  wasStatus,
  WORDS,
} from "./phrases";

/** The first line, by which a workflow finds the comment to update. */
const MARKER = "<!-- pulumi-vpnaas drift -->";

/** The number of resources that an advice names. */
const MOST_NAMES = 5;

/**
 * The report as a comment for a pull request, with a line end, of at most 60,000 characters: rows
 * beyond that are left out and counted. It begins with {@link MARKER}. Names and descriptions from the
 * cloud are shown literally: they cannot break a table, mention a user or create a link.
 */
export function markdownOf(report: Report): string {
  const sections = [
    ...problemsOf(report),
    ...findingRows(report),
    ...tunnelRows(report),
    ...unmanagedRows(report),
    ...adviceRows(report),
    ...planOf(report),
    ...urnRows(report),
    ...notesOf(report),
  ];
  const head = [MARKER, `### VPN: ${outcomeOf(report)}`, "", prose(countsOf(report))];
  const foot = ["", prose(callsOf(report)), ""];
  return [...head, ...fitted(sections, [...head, ...foot]), ...foot].join("\n");
}

function outcomeOf(report: Report): string {
  const concerns = concernsOf(report);
  const outcomes = [
    ...(report.problems.length > 0 ? ["not all could be read"] : []),
    ...(concerns.includes("drift") ? ["drift"] : []),
    ...(concerns.includes("down") ? ["a tunnel is down"] : []),
    ...(concerns.includes("unfinished") ? ["a run has not ended"] : []),
  ];
  return outcomes.join(", ") || "in step";
}

function problemsOf({ problems }: Report): Section[] {
  return section(["", "**Problems**", ""], problems.map(item));
}

function findingRows(report: Report): Section[] {
  const rows = findingsOf(report).flatMap((one) => rowsOf(report, one));
  const columns = ["", "resource", "in the cloud", "property", "declared", "there is", "why"];
  return section(tableHead(columns), rows);
}

/** A row for each difference, or a single row for a finding without differences. */
function rowsOf(report: Report, one: ReportedResource): string[] {
  const cells = [
    `**${WORDS[one.verdict]}**`,
    code(resourceTitle(report, one)),
    placed(report, inCloud({ id: one.id, name: one.cloudName }), one.endpoint),
  ];
  const since = sinceOf(one);
  if (one.differences.length === 0) {
    const why = [...(one.verdict === "failed" ? wasStatus(one) : []), ...since];
    return [row([...cells, "", "", "", why.map(prose).join(", ")])];
  }
  return one.differences.map(({ property, hidden, declared, actual, because }) => {
    const values = hidden ? ["(hidden)", "(hidden)"] : [formatValue(declared), formatValue(actual)];
    const why = [because, ...since].map(prose).join(", ");
    return row([...cells, code(property), ...values.map(code), why]);
  });
}

function tunnelRows(report: Report): Section[] {
  const rows = tunnelsNotActive(report).map((one) =>
    row([
      prose(one.status),
      code(one.name || one.id),
      placed(report, endsOf(one), one.endpoint),
      aboutTunnel(report, one).map(prose).join(", "),
    ]),
  );
  return section(tableHead(["", "tunnel", "from and to", ""]), rows);
}

function unmanagedRows(report: Report): Section[] {
  const rows = report.unmanaged.map((one) =>
    row([one.kind, placed(report, inCloud(one), one.endpoint), prose(one.status ?? "")]),
  );
  const title = `${rows.length} unmanaged: in the cloud, in no stack given`;
  return folded(title, tableHead(["kind", "in the cloud", "status"]), rows);
}

function adviceRows(report: Report): Section[] {
  const rows = [...adviceOf(report)].map(([advice, given]) => {
    const names = given.slice(0, MOST_NAMES).map((one) => code(resourceTitle(report, one)));
    const more = given.length > MOST_NAMES ? [`${given.length - MOST_NAMES} more`] : [];
    return `${item(advice)} (${[...names, ...more].join(", ")})`;
  });
  return folded("What to do", [""], rows);
}

function planOf(report: Report): Section[] {
  const { plan } = report;
  if (plan === undefined) return [];
  const lines = planText(report, plan).trimEnd().split("\n");
  // A fence has to be longer than every run of backticks inside.
  const longest = Math.max(
    2,
    ...lines.flatMap((one) => one.match(/`+/g) ?? []).map((run) => run.length),
  );
  const fence = "`".repeat(longest + 1);
  return folded(`Plan: ${count(plan.length, "request")}`, ["", `${fence}text`], lines, [fence]);
}

/** The URNs, which `--target` and `--replace` need. */
function urnRows(report: Report): Section[] {
  const rows = findingsOf(report)
    .filter(({ verdict }) => verdict !== "notRead")
    .map((one) => `- ${code(resourceTitle(report, one))}: ${code(one.urn)}`);
  return folded("URNs", [""], rows);
}

function notesOf({ notes }: Report): Section[] {
  return folded("Notes", [""], notes.map(item));
}

/** A text as code, followed by its cloud if the report has several. */
function placed(report: Report, text: string, endpoint: string | undefined): string {
  const isPlain = report.clouds.length < 2 || endpoint === undefined;
  return isPlain ? code(text) : `${code(text)} at ${code(cloudTitle(report, endpoint))}`;
}

/** A sentence as a list item; its further lines become nested items. */
function item(sentence: string): string {
  return sentence
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line, i) => (i === 0 ? `- ${prose(line)}` : `  - ${prose(line.replace(/^- /, ""))}`))
    .join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function tableHead(columns: readonly string[]): string[] {
  return ["", row(columns), row(columns.map(() => "---"))];
}

function folded(
  title: string,
  before: readonly string[],
  rows: readonly string[],
  after: readonly string[] = [],
): Section[] {
  return section(["", `<details><summary>${title}</summary>`, ...before], rows, [
    ...after,
    "",
    "</details>",
  ]);
}
