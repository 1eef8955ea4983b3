import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { enterFolder } from "../../../../cli/io/workingFolder";

const before = process.cwd();
let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "vpnaas-cwd-")));
});
afterEach(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true, force: true });
});

it("the folder of --cwd becomes the working folder", () => {
  enterFolder(folder);
  expect(process.cwd()).toBe(folder);
});

it("without --cwd the working folder stays", () => {
  enterFolder(undefined);
  expect(process.cwd()).toBe(before);
});

it("a folder that does not exist is named in one line", () => {
  const missing = join(folder, "missing");
  expect(() => enterFolder(missing)).toThrow(`--cwd: there is no folder ${missing}`);
});

it("a file is not a folder", () => {
  const file = join(folder, "Pulumi.yaml");
  writeFileSync(file, "");
  expect(() => enterFolder(file)).toThrow(`--cwd: there is no folder ${file}`);
});

it("an empty value is shown as such", () => {
  expect(() => enterFolder("")).toThrow('--cwd: there is no folder ""');
});

it("a folder that cannot be entered is reported with the code of the system", () => {
  const long = "x".repeat(5_000);
  expect(() => enterFolder(long)).toThrow(
    /^--cwd: the folder x+ cannot be entered \(ENAMETOOLONG\)$/,
  );
});
