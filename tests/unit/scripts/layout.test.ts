import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.join(__dirname, "..", "..", "..");
const ARCHITECTURE = "docs/explanation/architecture.md";
/** The pages that describe the places of code. */
const PAGES = [ARCHITECTURE, "CONTRIBUTING.md"];
const FOLDERS = "bench cli docs examples provider scripts sdk simulator stryker tests tools".split(
  " ",
);

/** Every file of the repository that pages may name, by its path. */
const files = [
  "dist", // The build creates it.
  ...readdirSync(ROOT),
  ...FOLDERS.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => !/(^|\/)node_modules\//.test(name))
      .map((name) => path.posix.join(folder, name)),
  ),
];

/** Whether a page may use this name for a file: its path, or the end of it. */
const exists = (name: string): boolean =>
  files.some((file) => file === name || file.endsWith(`/${name}`));

describe.each(PAGES)("%s", (page) => {
  const text = readFileSync(path.join(ROOT, page), "utf8");

  it("names only files that exist", () => {
    const names = [...text.matchAll(/[\w./]*\w\.(?:ts|mjs|cjs|py)\b/g)].map(([name]) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !exists(name))).toEqual([]);
  });

  it("names only folders that exist", () => {
    const names = [...text.matchAll(/`([a-z][\w/-]*)\/`/g)].map(([, name = ""]) => name);
    expect(names.length).toBeGreaterThan(1);
    expect(names.filter((name) => !exists(name))).toEqual([]);
  });
});

it("the architecture page names every folder of provider/ and of provider/lifecycle/", () => {
  const text = readFileSync(path.join(ROOT, ARCHITECTURE), "utf8");
  const below = (folder: string): string[] =>
    readdirSync(path.join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  const missing = [
    ...below("provider").filter((name) => !text.includes(`\`provider/${name}/\``)),
    ...below("provider/lifecycle").filter((name) => !text.includes(`| \`${name}/\` |`)),
  ];
  expect(missing).toEqual([]);
});
