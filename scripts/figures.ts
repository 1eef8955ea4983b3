import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A table in Markdown whose first column is text and whose others are numbers. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]) {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  const [, ...numbers] = head;
  return [line(head), line(["---", ...numbers.map(() => "---:")]), ...rows.map(line)].join("\n");
}

/**
 * Puts figures between `<!-- name:figures -->` and `<!-- end -->` of docs/name.md.
 * @throws Error where the page has no such place.
 */
export function renewFigures(name: string, figures: string): void {
  const page = join(__dirname, "..", "docs", `${name}.md`);
  const block = new RegExp(`(<!-- ${name}:figures -->\\n)[\\s\\S]*?(<!-- end -->)`);
  const text = readFileSync(page, "utf8");
  if (!block.test(text)) throw new Error(`docs/${name}.md has no place for figures.`);
  writeFileSync(
    page,
    text.replace(block, (_all, begin, end) => `${begin}\n${figures}\n\n${end}`),
  );
}
