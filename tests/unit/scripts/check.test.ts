import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SCRIPT = join(__dirname, "..", "..", "..", "scripts", "check.mjs");

describe("npm run check", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "vpnaas-scripts-"));
    const scripts = { good: "echo all well", bad: "echo not well && exit 3" };
    writeFileSync(join(folder, "package.json"), JSON.stringify({ scripts }));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const check = (...scripts: string[]) =>
    spawnSync(process.execPath, [SCRIPT, ...scripts], { cwd: folder, encoding: "utf8" });

  it("passes if every script passes", () => {
    const { status, stdout } = check("good");
    expect(stdout).toMatch(/^all well\ngood passed \([\d.]+ s\)\n$/);
    expect(status).toBe(0);
  });

  it("fails if one script fails, and prints the output of all", () => {
    const { status, stdout } = check("bad", "good");
    expect(stdout).toContain("all well\ngood passed");
    expect(stdout).toContain("not well\nbad failed");
    expect(status).toBe(1);
  });
});
