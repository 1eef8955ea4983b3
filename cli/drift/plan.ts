import type { PlannedCall, Report } from "../../provider/drift/report";
import { plainText } from "../../provider/plainText";
import { count, nothingToSend } from "./words";

/**
 * The requests that `pulumi up --refresh` would send, for a terminal, with a line end after each
 * line: numbered in the order in which they are sent, below the endpoint of their cloud, each with
 * its resource and its reason above. Where there are none, whether that goes for all of the report.
 */
export function planText(report: Report, calls: readonly PlannedCall[]): string {
  if (calls.length === 0) return `${nothingToSend(report)}\n`;
  const clouds = new Map<string, string[]>();
  for (const [i, call] of calls.entries()) {
    const { endpoint, because, method, path, body } = call;
    const lines = clouds.get(endpoint) ?? [];
    clouds.set(endpoint, lines);
    const number = `${i + 1}. `;
    lines.push(
      `${number}${resourceOf(call)}: ${because}`,
      `${" ".repeat(number.length)}${method} ${path}${body ? ` ${JSON.stringify(body)}` : ""}`,
    );
  }
  return [
    `\`pulumi up --refresh\` sends ${count(calls.length, "request")}:`,
    ...[...clouds].flatMap(([endpoint, lines]) => ["", `At ${endpoint}`, ...lines]),
  ]
    .map((line) => `${plainText(line)}\n`)
    .join("");
}

/** Kind, logical name and stack; a URN is `urn:pulumi:STACK::PROJECT::TYPES::NAME`. */
function resourceOf({ urn, name }: PlannedCall): string {
  const [head = "", , types = ""] = urn.split("::");
  return `${types.split(":").at(-1)} ${name} (${head.split(":").at(-1)})`;
}
