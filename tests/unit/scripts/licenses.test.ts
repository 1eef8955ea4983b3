import { readFileSync } from "node:fs";
import path from "node:path";

import packageJson from "../../../package.json";
import { ALLOWED_LICENSES, licensesPage, runtimePackages } from "../../../scripts/licenses";

const ROOT = path.join(__dirname, "..", "..", "..");
const packages = runtimePackages();

it("lists every package that comes with an installation, dependencies of dependencies too", () => {
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(packageJson.dependencies)));
  expect(names).toContain("follow-redirects");
});

it("lists nothing that only this repository needs", () => {
  const names = packages.map(({ name }) => name);
  for (const name of Object.keys(packageJson.devDependencies)) expect(names).not.toContain(name);
});

it("finds no license that asks for more than a notice", () => {
  expect(packages.filter(({ license }) => !ALLOWED_LICENSES.includes(license))).toEqual([]);
});

it("has written docs/evidence/licenses.md as it is today", () => {
  const page = readFileSync(path.join(ROOT, "docs", "evidence", "licenses.md"), "utf8");
  expect(page).toBe(licensesPage(packages));
});
