import { readFileSync } from "node:fs";
import path from "node:path";

/** The parts of a release. */
export interface Release {
  /** The pushed tag, such as `v1.2.3`. */
  readonly tag: string;
  /** URL of the repository in which the workflow runs, such as `https://github.com/owner/name`. */
  readonly repository: string;
  /** package.json, parsed. */
  readonly manifest: { readonly version: string; readonly repository?: unknown };
  /** The text of CHANGELOG.md. */
  readonly changelog: string;
}

/** Every obstacle to the release, as a sentence with its solution; empty if there is none. */
export function releaseProblems({ tag, repository, manifest, changelog }: Release): string[] {
  const { version } = manifest;
  const problems: string[] = [];
  if (tag !== `v${version}`) {
    problems.push(`The tag is ${tag}, but package.json has version ${version}: tag v${version}.`);
  }
  const heading = changelog.split("\n").find((line) => line.startsWith(`## ${version} `)) ?? "";
  if (!/^## \S+ \(\d{4}-\d{2}-\d{2}\)$/.test(heading)) {
    problems.push(
      `CHANGELOG.md has no dated section of ${version}: write "## ${version} (YYYY-MM-DD)"` +
        (heading === "" ? "." : ` in place of "${heading}".`),
    );
  }
  // npm compares it with the provenance statement, and refuses the package if they differ.
  const wanted = { type: "git", url: `git+${repository}.git` };
  if (JSON.stringify(manifest.repository) !== JSON.stringify(wanted)) {
    problems.push(
      `package.json does not name the repository that this workflow runs in, so its provenance would be ` +
        `refused: write "repository": ${JSON.stringify(wanted)}.`,
    );
  }
  return problems;
}

/** `npx tsx scripts/checkRelease.ts`, in the workflow of a release: fails if there is an obstacle. */
function main(): void {
  const root = path.dirname(__dirname);
  const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
  const { GITHUB_REF_NAME: tag, GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
  const problems = releaseProblems({
    tag: tag ?? "",
    repository: `${server ?? ""}/${name ?? ""}`,
    manifest: JSON.parse(read("package.json")) as Release["manifest"],
    changelog: read("CHANGELOG.md"),
  });
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

if (require.main === module) main();
