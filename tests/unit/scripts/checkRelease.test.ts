import { releaseProblems, type Release } from "../../../scripts/checkRelease";

const ready: Release = {
  tag: "v1.2.3",
  repository: "https://github.com/owner/name",
  manifest: {
    version: "1.2.3",
    repository: { type: "git", url: "git+https://github.com/owner/name.git" },
  },
  changelog: "# Changelog\n\n## 1.2.3 (2026-01-31)\n\n- All.\n\n## 1.2.2 (2026-01-01)\n",
};

it("releaseProblems accepts a release whose tag, version, changelog and repository agree", () => {
  expect(releaseProblems(ready)).toEqual([]);
});

it.each([
  ["a tag of another version", { tag: "v1.2.4" }, "tag v1.2.3"],
  ["a changelog without its section", { changelog: "# Changelog\n" }, '"## 1.2.3 (YYYY-MM-DD)".'],
  [
    "a section without a date",
    { changelog: "## 1.2.3 (unreleased)\n" },
    'in place of "## 1.2.3 (unreleased)"',
  ],
  [
    "a section of a longer version alone",
    { changelog: "## 1.2.30 (2026-01-31)\n" },
    "no dated section of 1.2.3",
  ],
  ["no repository", { manifest: { version: "1.2.3" } }, "git+https://github.com/owner/name.git"],
  ["the repository of a fork", { repository: "https://github.com/fork/name" }, "fork/name.git"],
])("releaseProblems refuses %s and gives the correct text", (_what, change, words) => {
  const problems = releaseProblems({ ...ready, ...change });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(words);
});

it("releaseProblems reports all problems at once", () => {
  expect(releaseProblems({ ...ready, manifest: { version: "2.0.0" } })).toHaveLength(3);
});
