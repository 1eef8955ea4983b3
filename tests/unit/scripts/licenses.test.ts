import { readFileSync } from "node:fs";
import path from "node:path";

import packageJson from "../../../package.json";
import { ALLOWED_LICENSES, licensesPage, runtimePackages } from "../../../scripts/licenses";

const ROOT = path.join(__dirname, "..", "..", "..");
const packages = runtimePackages();

it("the licenses cover every package of an installation, including indirect dependencies", () => {
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(Object.keys(packageJson.dependencies)));
  expect(names).toContain("follow-redirects");
});

it("the licenses exclude packages that only this repository needs", () => {
  const names = packages.map(({ name }) => name);
  for (const name of Object.keys(packageJson.devDependencies)) expect(names).not.toContain(name);
});

it("the licenses require no more than a notice", () => {
  expect(packages.filter(({ license }) => !ALLOWED_LICENSES.includes(license))).toEqual([]);
});

it("docs/evidence/licenses.md is up to date", () => {
  const page = readFileSync(path.join(ROOT, "docs", "evidence", "licenses.md"), "utf8");
  expect(page).toBe(licensesPage(packages));
});
