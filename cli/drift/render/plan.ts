import type { PlannedCall, Report } from "../../../provider/drift/report";
import { escapeControlCharacters } from "../../../provider/controlCharacters";
import { count, grouped, nothingToSend } from "./phrases";

/**
 * The requests that `pulumi up --refresh` would send, for a terminal, with a line end after each
 * line: numbered in their order, grouped by the endpoint of their cloud, each below its resource and
 * its reason. If there are no requests, the line states whether the plan covers the whole report.
 */
export function planText(report: Report, calls: readonly PlannedCall[]): string {
  if (calls.length === 0) return `${nothingToSend(report)}\n`;
  const numbered = calls.map((call, i) => ({ call, number: `${i + 1}. ` }));
  const clouds = grouped(numbered, ({ call }) => call.endpoint);
  return [
    `\`pulumi up --refresh\` sends ${count(calls.length, "request")}:`,
    ...[...clouds].flatMap(([endpoint, own]) => ["", `At ${endpoint}`, ...own.flatMap(linesOf)]),
  ]
    .map((line) => `${escapeControlCharacters(line)}\n`)
    .join("");
}

function linesOf({ call, number }: { call: PlannedCall; number: string }): string[] {
  const { because, method, path, body } = call;
  return [
    `${number}${resourceOf(call)}: ${because}`,
    `${" ".repeat(number.length)}${method} ${path}${body ? ` ${JSON.stringify(body)}` : ""}`,
  ];
}

/** Kind, logical name and stack; a URN is `urn:pulumi:STACK::PROJECT::TYPES::NAME`. */
function resourceOf({ urn, name }: PlannedCall): string {
  const [head = "", , types = ""] = urn.split("::");
  return `${types.split(":").at(-1)} ${name} (${head.split(":").at(-1)})`;
}
