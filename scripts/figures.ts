import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A table in Markdown whose first column is text and whose others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]) {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const [, ...numbers] = head;
  return [line(head), line(["---", ...numbers.map(() => "---:")]), ...rows.map(line)].join("\n");
}

/** The pages with figures, each below docs/ and without its extension. */
export const FIGURES_PAGES = [
  "evidence/compatibility",
  "evidence/faults",
  "evidence/mutation",
  "evidence/performance",
  "evidence/preview",
  "evidence/soak",
  "evidence/tunnels",
  "guides/drift",
] as const;

/**
 * Puts figures between `<!-- NAME:figures -->` and `<!-- end -->` of a page; NAME is the page's file name by default.
 * @throws Error if the page has no such markers
 */
export function renewFigures(
  page: (typeof FIGURES_PAGES)[number],
  figures: string,
  name = basename(page),
): void {
  const file = join(__dirname, "..", "docs", `${page}.md`);
  const block = new RegExp(`(<!-- ${name}:figures -->\\n)[\\s\\S]*?(<!-- end -->)`);
  const text = readFileSync(file, "utf8");
  if (!block.test(text)) throw new Error(`docs/${page}.md has no markers for figures.`);
  writeFileSync(
    file,
    text.replace(block, (_all, begin, end) => `${begin}\n${figures}\n\n${end}`),
  );
}
