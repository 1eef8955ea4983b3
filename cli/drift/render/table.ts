import { styleText } from "node:util";

import { isUnfinished } from "../../../provider/drift/concerns";
import type { Report, ReportedResource } from "../../../provider/drift/report";
import { formatValue, type Difference } from "../../../provider/model/drift";
import { escapeControlCharacters } from "../../../provider/controlCharacters";
import { inColumns } from "./columns";
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

/**
 * The report for a terminal of 80 to 120 columns, with a line end after each line: a head line for
 * each stack and cloud, problems, findings with their differences, unmanaged objects, tunnels that are
 * not ACTIVE, notes, advice that several findings share, the counts, the calls. Resources in step are
 * only counted. Control characters are escaped.
 */
export function tableOf(report: Report, { color }: { color: boolean }): string {
  const sections = [
    headOf(report),
    sentences("problem", report.problems),
    ...groupsOf(report),
    sentences("note", report.notes),
    sharedAdvice(report),
    [countsOf(report), callsOf(report)],
  ].filter(({ length }) => length > 0);
  const isShort = sections.length === 2;
  const lines = sections
    .flatMap((section, i) => (i === 0 || isShort ? section : ["", ...section]))
    .map(escapeControlCharacters);
  return [...(color ? lines.map(colored) : lines), ""].join("\n");
}

/** `Stack prod, cloud osaka (https://...): 8 resources`, for each pair of stack and cloud. */
function headOf(report: Report): string[] {
  const pairs = new Map<string, number>();
  const endpoints = new Set<string | undefined>();
  for (const { stack, endpoint } of report.resources) {
    const pair = `${stackTitle(report, stack)}, ${cloudInFull(report, endpoint)}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    endpoints.add(endpoint);
  }
  const others = report.clouds.filter(({ endpoint }) => !endpoints.has(endpoint));
  const empty = report.stacks.filter(
    ({ name }) => !report.resources.some(({ stack }) => stack === name),
  );
  return [
    ...[...pairs].map(([pair, number]) => `${pair}: ${count(number, "resource")}`),
    ...empty.map(
      (one) =>
        `${stackTitle(report, one.name)}: no resources${isUnfinished(one) ? " in the state yet" : ""}`,
    ),
    ...others.map(({ endpoint }) => `No stack, ${cloudInFull(report, endpoint)}`),
  ];
}

function stackTitle({ stacks }: Report, name: string): string {
  const isSecret = stacks.some((one) => one.name === name && !one.secretsRead);
  return `Stack ${name}${isSecret ? " (secrets not read)" : ""}`;
}

function cloudInFull(report: Report, endpoint: string | undefined): string {
  const name = cloudTitle(report, endpoint);
  return endpoint === undefined || name === endpoint
    ? `cloud ${name}`
    : `cloud ${name} (${endpoint})`;
}

/** The findings with their details, the unmanaged objects, the tunnels: a group of lines each. */
function groupsOf(report: Report): string[][] {
  const findings = findingsOf(report);
  const own = new Set(
    [...adviceOf(report)].filter((one) => !isShared(one)).map(([advice]) => advice),
  );
  const where = (endpoint: string | undefined) =>
    report.clouds.length > 1 && endpoint !== undefined ? [cloudTitle(report, endpoint)] : [];
  const found = rowsOf(
    findings.map((one) => [
      WORDS[one.verdict],
      resourceTitle(report, one),
      inCloud({ id: one.id, name: one.cloudName }),
      ...(one.verdict === "failed" ? wasStatus(one) : []),
      ...where(one.endpoint),
    ]),
  );
  const unmanaged = rowsOf(
    report.unmanaged.map((one) => [
      WORDS.unmanaged,
      one.kind,
      inCloud(one),
      ...(one.status === undefined ? [] : [one.status]),
      ...where(one.endpoint),
    ]),
  );
  const tunnels = rowsOf(
    tunnelsNotActive(report).map((one) => [
      one.status,
      `tunnel ${one.name || one.id}`,
      endsOf(one),
      ...aboutTunnel(report, one),
      ...where(one.endpoint),
    ]),
  );
  return [
    findings.flatMap((one, i) => [...found[i]!, ...detailsOf(one, own)]),
    unmanaged.flat(),
    tunnels.flat(),
  ];
}

/** Aligns verdict or status, type and object; the other cells share the last column. */
function rowsOf(rows: readonly (readonly string[])[]): string[][] {
  return inColumns(
    rows.map(([word = "", what = "", which = "", ...rest]) => [word, what, which, rest.join(", ")]),
    { limits: [14, 44, 64], breaks: false },
  );
}

function detailsOf(one: ReportedResource, own: ReadonlySet<string>): string[] {
  const { advice, differences, notCompared, urn, verdict } = one;
  return [
    ...(verdict === "notRead" ? [] : [urn]),
    ...inColumns(differences.map(differenceRow), { limits: [21, 26, 26, 44], breaks: true }).flat(),
    ...(notCompared.length > 0 ? [`not compared: ${notCompared.join(", ")}`] : []),
    ...sinceOf(one),
    ...(advice !== undefined && own.has(advice) ? [advice] : []),
  ].map((line) => `    ${line}`);
}

function differenceRow({ property, hidden, declared, actual, because }: Difference): string[] {
  const values = hidden
    ? ["differs (hidden)", ""]
    : [`declared ${formatValue(declared)}`, `there is ${formatValue(actual)}`];
  return [property, ...values, because];
}

function sharedAdvice(report: Report): string[] {
  return [...adviceOf(report)].filter(isShared).map(([advice, given]) => {
    const words = new Set(given.map(({ verdict }) => WORDS[verdict]));
    return `${given.length} ${[...words].join(", ")}: ${advice}`;
  });
}

/** Whether an advice is printed once for several findings, and not below each of them. */
function isShared([, given]: readonly [string, readonly unknown[]]): boolean {
  return given.length > 1;
}

/** Sentences, which may have several lines, each after a word such as `note`. */
function sentences(word: string, texts: readonly string[]): string[] {
  const indent = " ".repeat(word.length);
  return texts.flatMap((text) =>
    text.split("\n").map((line, i) => `${i === 0 ? word : indent}  ${line}`),
  );
}

const COLORS = [
  [/^(?:gone|ERROR|problem)(?= )/, "red"],
  [/^(?:drifted|not read|unmanaged|DOWN|BUILD|PENDING_\w+)(?= )/, "yellow"],
] as const;

/** Colors the first word of a line. The color adds no information. */
function colored(line: string): string {
  return COLORS.reduce(
    (text, [words, color]) =>
      text.replace(words, (word) => styleText(color, word, { validateStream: false })),
    line,
  );
}
