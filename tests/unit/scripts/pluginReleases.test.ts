import { downloadUrlOf } from "../../../scripts/pluginSchema/releases";

it.each<[string, unknown, string | undefined]>([
  [
    "a repository on GitHub",
    { type: "git", url: "git+https://github.com/owner/name.git" },
    "github://api.github.com/owner/name",
  ],
  ["a repository elsewhere", { type: "git", url: "git+https://example.org/name.git" }, undefined],
  ["no repository", undefined, undefined],
])("the address of releases: %s", (_where, repository, url) => {
  expect(downloadUrlOf(repository)).toBe(url);
});
