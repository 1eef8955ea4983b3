import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Cause, Outcome } from "./cause";

/** The page with the tables. */
export const PAGE = join(__dirname, "..", "..", "..", "docs", "guides", "preview.md");

const [BEGIN, END] = ["<!-- causes -->", "<!-- end -->"];

/** The most characters of the words that a table shows. */
const SHOWN = 240;

const EFFECTS = { failure: "fails", warning: "warns", silence: "does not know it" };

/** A cause and its outcome. */
export type TriedCause = readonly [Cause, Outcome];

/** The page with the tables of those outcomes, by their headings. */
export function pageOf(tried: Readonly<Record<string, readonly TriedCause[]>>): string {
  const page = readFileSync(PAGE, "utf8");
  const tables = Object.entries(tried).map(
    ([heading, causes]) =>
      `### ${heading}\n\n${table([["cause", "the preview", "its words"], ...causes.map(row)])}\n`,
  );
  const before = page.slice(0, page.indexOf(BEGIN) + BEGIN.length);
  const all = Object.values(tried).flat();
  const live = all.filter(([cause]) => "attempt" in cause).length;
  const count = `${all.length} causes, of which ${live} were tried on a live Neutron as well:`;
  return `${before}\n\n${count}\n\n${tables.join("\n")}\n${page.slice(page.indexOf(END))}`;
}

function row([{ what, why }, { effect, words }]: TriedCause): string[] {
  return [what, EFFECTS[effect], effect === "silence" ? (why ?? "") : quoted(shortened(words))];
}

/** Aligned as Prettier does it; the first row is the head. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((each) => each[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const [head, ...body] = rows.map(line);
  return [head, line(widths.map((width) => "-".repeat(width))), ...body].join("\n");
}

/** A code span, which may contain backticks and angle brackets. */
function quoted(words: string): string {
  const text = words.replaceAll("|", "\\|").replaceAll("\n", " ");
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** The first sentences, or the beginning of the first one. */
function shortened(words: string): string {
  const sentences = words.replace(/^warning: (?:\S+ example: )?/, "").split(/(?<=\.)(?=\s)/);
  let shown = "";
  for (const one of sentences) {
    if (shown !== "" && shown.length + one.length > SHOWN) break;
    shown += one;
  }
  return shown.length <= SHOWN ? shown : `${shown.slice(0, shown.lastIndexOf(" ", SHOWN))} …`;
}
