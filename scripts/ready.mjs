/**
 * Makes a fresh clone ready to run: installs the dependencies and builds dist/, each only if it is
 * missing or older than its sources. Silent if there is nothing to do.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The sources of dist/; a folder counts with its whole content. */
const sources = ["sdk", "provider", "simulator", "cli", "schema.json"];
const compiler = ["tsconfig.json", "tsconfig.build.json"];

/** Last change in milliseconds of a file, or of a folder and everything below it; 0 if missing. */
function changed(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  // The folder's own time shows that a file in it was removed.
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => changed(join(path, name))));
}

/** Last change of a file or folder itself; 0 if missing. */
function time(...path) {
  return statSync(join(root, ...path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Ends the process; `npm test` promises its last line also when it never got as far as a test. */
function fail(message) {
  console.error(message);
  if (process.env.npm_lifecycle_event === "test") console.log("\n0 passed, 1 failed");
  process.exit(1);
}

/** Runs a command, announced in one line that ends in the seconds it took. */
function step(title, command, args, options = {}) {
  const started = Date.now();
  process.stdout.write(`${title} ... `);
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    ...options,
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(`${status === 0 ? "done" : "failed"} in ${seconds} s`);
  if (status !== 0) fail(error ? error.message : `${stdout}${stderr}`.trim());
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Node ${process.versions.node} is too old: pulumi-vpnaas needs Node 20.19 or newer.`);
}

// An empty HOME would make npm put its cache into the current folder.
if (process.env.HOME === "") delete process.env.HOME;

if (time("node_modules", ".package-lock.json") < time("package-lock.json")) {
  const npm = process.env.npm_execpath;
  const title = "Installing the dependencies (npm ci)";
  if (npm?.endsWith(".js")) step(title, process.execPath, [npm, "ci"]);
  else step(title, "npm", ["ci"], { shell: process.platform === "win32" });
}

const newest = Math.max(...[...sources, ...compiler].map((name) => changed(join(root, name))));
if (time("dist") < newest) step("Building dist/", process.execPath, ["scripts/build.mjs"]);
