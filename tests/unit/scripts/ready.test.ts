import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ready = join(__dirname, "..", "..", "..", "scripts", "ready.mjs");
let root: string;

/** Writes a file below the root that was last changed that many minutes ago. */
function file(path: string, minutesAgo: number, content = ""): void {
  const time = new Date(Date.now() - minutesAgo * 60_000);
  mkdirSync(join(root, dirname(path)), { recursive: true });
  writeFileSync(join(root, path), content);
  utimesSync(join(root, path), time, time);
  utimesSync(join(root, dirname(path)), time, time);
}

/** Runs the script in the root, with an npm and a build that only record their call. */
function run(env: Record<string, string> = {}): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "scripts", "ready.mjs")],
    {
      encoding: "utf8",
      env: { HOME: "", npm_execpath: join(root, "npm.js"), ...env },
    },
  );
  return { status, output: stdout + stderr };
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "a fresh clone "));
  cpSync(ready, join(root, "scripts", "ready.mjs"), { recursive: true });
  file("npm.js", 0);
  file("scripts/build.mjs", 0);
  file("package-lock.json", 5);
  file("node_modules/.package-lock.json", 4);
  file("sdk/index.ts", 3);
  file("dist/index.js", 2);
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

it("ready.mjs prints nothing if everything is up to date", () => {
  expect(run()).toEqual({ status: 0, output: "" });
});

it("ready.mjs installs if the lock file is newer than the installation", () => {
  file("package-lock.json", 1);
  expect(run().output).toMatch(/^Installing the dependencies \(npm ci\) \.\.\. done in \d+ s\n$/);
});

it("ready.mjs builds if a source is newer than dist", () => {
  file("sdk/types.ts", 1);
  expect(run().output).toMatch(/^Building dist\/ \.\.\. done in \d+ s\n$/);
});

it("ready.mjs builds if a source was removed", () => {
  rmSync(join(root, "sdk", "index.ts"));
  expect(run().output).toContain("Building dist/");
});

it("ready.mjs ends `npm test` with its usual line if the build fails", () => {
  file("sdk/types.ts", 1);
  file("scripts/build.mjs", 0, 'console.log("no such type"); process.exit(2);');
  const { status, output } = run({ npm_lifecycle_event: "test" });
  expect(status).toBe(1);
  expect(output).toContain("no such type");
  expect(output).toContain("\n0 passed, 1 failed\n");
});
