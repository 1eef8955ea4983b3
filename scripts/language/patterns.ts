import { readFileSync } from "node:fs";
import path from "node:path";

/** How a pattern counts: against the words, against the sentences, or each time. */
export type Measure = "relative" | "opening" | "word";

/** A way of writing that docs/glossary.md forbids. */
export interface ForbiddenPattern {
  readonly measure: Measure;
  readonly pattern: RegExp;
  /** A text that the pattern matches. */
  readonly example: string;
  /** The plain alternative, in Markdown. */
  readonly instead: string;
}

const GLOSSARY = path.join(__dirname, "..", "..", "docs", "glossary.md");

/** The rows of the table of forbidden patterns in docs/glossary.md. */
export function forbiddenPatterns(page = readFileSync(GLOSSARY, "utf8")): ForbiddenPattern[] {
  const rows = page.matchAll(/^\| (relative|opening|word) \| `(.+?)` \| `(.+?)` \| (.+?) \|$/gm);
  return [...rows].map(([, measure, pattern = "", example = "", instead = ""]) => ({
    measure: measure as Measure,
    // A table needs a backslash before each bar inside a cell.
    pattern: new RegExp(pattern.replaceAll("\\|", "|"), measure === "opening" ? "g" : "gi"),
    example,
    instead,
  }));
}
