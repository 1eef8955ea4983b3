/**
 * Counts the patterns that docs/glossary.md forbids. `npx tsx scripts/language.ts` counts them in
 * all prose of the repository; with files or folders as arguments it reports each offending line.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

import { countLanguage, type Counts } from "./language/count";
import { forbiddenPatterns } from "./language/patterns";
import { markdownPassages, withoutMarkup, type Passage } from "./language/prose";
import { sourceProse } from "./language/source";

/** The groups that have ceilings of their own. */
export type Group = "comments" | "messages" | "titles" | "docs";

const ROOT = path.dirname(__dirname);
const SOURCES = /^(?:provider|sdk|cli|simulator|scripts|bench|tests|tools)\/.*\.(?:ts|mjs|cjs)$/;
const WITH_MESSAGES = /^(?:provider|sdk|cli)\//;
const PAGES =
  /^(?:(?:README|CONTRIBUTING|SECURITY|CHANGELOG)\.md|docs\/.*\.md|examples\/.*README\.md)$/;

/** The prose of the repository by group, of the given files only if there are any. */
export function repositoryProse(only: readonly string[] = []): Record<Group, Passage[]> {
  const tracked = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--", ...only], {
    cwd: ROOT,
    encoding: "utf8",
  });
  const prose: Record<Group, Passage[]> = { comments: [], messages: [], titles: [], docs: [] };
  for (const file of tracked.split("\n").filter((name) => name !== "")) {
    const read = (): string => readFileSync(path.join(ROOT, file), "utf8");
    if (SOURCES.test(file)) {
      const { comments, messages, titles } = sourceProse(file, read());
      prose.comments.push(...comments);
      prose.titles.push(...titles);
      if (WITH_MESSAGES.test(file)) prose.messages.push(...messages);
    } else if (PAGES.test(file)) prose.docs.push(...markdownPassages(file, read()));
    else if (file === "schema.json") prose.docs.push(...descriptions(file, read()));
  }
  return prose;
}

/** Every `description` of a JSON file that has one a line. */
function descriptions(file: string, text: string): Passage[] {
  return text.split("\n").flatMap((line, i) => {
    const value = /^\s*"description": (".*?"),?$/.exec(line)?.[1];
    if (value === undefined) return [];
    return [{ file, line: i + 1, text: withoutMarkup(JSON.parse(value) as string) }];
  });
}

/** Counts every group. */
export function languageOf(only: readonly string[] = []): Record<Group, Counts> {
  const patterns = forbiddenPatterns();
  const groups = Object.entries(repositoryProse(only));
  return Object.fromEntries(
    groups.map(([group, passages]) => [group, countLanguage(passages, patterns)]),
  ) as Record<Group, Counts>;
}

function main(only: readonly string[]): void {
  for (const [group, counts] of Object.entries(languageOf(only))) {
    if (counts.words === 0) continue;
    for (const { file, line, pattern, sentence } of only.length > 0 ? counts.offences : []) {
      console.log(`${file}:${line}: ${pattern.measure}: ${sentence}\n    ${pattern.instead}`);
    }
    console.log(
      `${group}: ${counts.words} words, ${counts.sentences} sentences; ` +
        `relatives ${counts.relatives.toFixed(2)} per 1,000 words, ` +
        `openings ${counts.openings.toFixed(2)} %, forbidden words ${counts.forbidden}`,
    );
  }
}

if (require.main === module) main(process.argv.slice(2));
