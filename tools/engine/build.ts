import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Place } from "./place";
import { withLock } from "./lock";
import { compareVersions } from "./versions";

const oldestGo = "1.25.8";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/** The programs; each has a go.mod of its own, because they need different versions of the SDK. */
const programs = [
  { folder: "cli", package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
  {
    folder: "language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  },
];

/** Starts the dynamic provider of the SDK that the program in the working folder uses. */
const dynamicProvider = `#!/bin/sh
exec node "$(node -p 'require.resolve("@pulumi/pulumi/cmd/dynamic-provider")')" "$@"
`;

/** The folder in the project's cache that {@link buildEngine} fills; its name has the version. */
export function builtEngineFolder(cache: string): string {
  return join(cache, `built-${pinnedVersion()}`);
}

/**
 * Builds the engine from its Go modules into {@link builtEngineFolder}, which appears only when it
 * is complete. A second process that asks meanwhile waits for the first.
 *
 * @param log Gets a line before anything is downloaded, and one about every 10 s.
 * @throws Error that says what is missing (Go 1.25.8 or newer) or what the compiler said.
 */
export async function buildEngine(cache: string, log: (line: string) => void): Promise<Place> {
  if (process.platform === "win32") throw new Error("Building the engine needs Linux or macOS");
  const go = await findGo();
  mkdirSync(cache, { recursive: true });
  const place = { bin: builtEngineFolder(cache), found: "built in .cache/engine" };
  await withLock(join(cache, "lock"), log, async (waited) => {
    if (waited && existsSync(place.bin)) return;
    log(`Building the Pulumi engine from its Go modules (about 3 minutes, once) with ${go}`);
    await buildInto(cache, place.bin, log);
  });
  return place;
}

async function buildInto(
  cache: string,
  target: string,
  log: (line: string) => void,
): Promise<void> {
  for (const name of readdirSync(cache)) {
    if (name.startsWith("building-")) rmSync(join(cache, name), { recursive: true });
  }
  const building = join(cache, `building-${process.pid}`);
  const bin = join(building, "bin");
  mkdirSync(bin, { recursive: true });
  const started = Date.now();
  const say = (line: string): void =>
    log(`  ${Math.round((Date.now() - started) / 1000)} s: ${line}`);
  try {
    for (const program of programs) await build(program, building, say);
    writeFileSync(join(bin, "pulumi-resource-pulumi-nodejs"), dynamicProvider, { mode: 0o755 });
    rmSync(target, { recursive: true, force: true });
    renameSync(bin, target);
    say("the Pulumi engine is built");
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

/** One `go build` into `building/bin`; what the network and the compiler do is said every 10 s. */
async function build(
  program: (typeof programs)[number],
  building: string,
  say: (line: string) => void,
): Promise<void> {
  const linked = `-s -w -X ${versionVariable}=${pinnedVersion()}`;
  const output = join(building, "bin") + "/";
  const flags = ["-mod=readonly", "-modcacherw", "-trimpath", "-v", "-ldflags", linked];
  const child = spawn("go", ["build", ...flags, "-o", output, program.package], {
    cwd: join(__dirname, program.folder),
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      // Go derives its caches from HOME and refuses to work without.
      HOME: process.env["HOME"] || join(building, "home"),
      CGO_ENABLED: "0",
      GOWORK: "off",
    },
  });
  let said = "";
  let compiled = 0;
  let doing = "starting";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
    for (const line of text.split("\n").filter(Boolean)) {
      const download = /^go: downloading (\S+)/.exec(line);
      doing = download ? `downloading ${download[1]}` : `${++compiled} packages compiled`;
    }
  });
  const timer = setInterval(() => say(`${program.folder}: ${doing}`), 10_000);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    if (code === 0) return;
    const reason = said.trim().split("\n").slice(-3).join(" / ");
    throw new Error(`building the Pulumi engine failed: ${reason}`);
  } finally {
    clearInterval(timer);
  }
}

/** Answers the version of the `go` on PATH, such as `go1.26.0`. */
async function findGo(): Promise<string> {
  const needed = `Go ${oldestGo} or newer is needed to build the Pulumi engine`;
  const version = await promisify(execFile)("go", ["version"]).then(
    ({ stdout }) => /\bgo\d+\.\d+(\.\d+)?/.exec(stdout)?.[0] ?? stdout.trim(),
    () => undefined,
  );
  if (!version) throw new Error(`${needed}; there is none on PATH`);
  if (compareVersions(version, oldestGo) < 0)
    throw new Error(`${needed}; the one on PATH is ${version}`);
  return version;
}

/** The version of the command line that go.mod requires, so that it stands in one place. */
function pinnedVersion(): string {
  const module = readFileSync(join(__dirname, "cli", "go.mod"), "utf8");
  const version = /github\.com\/pulumi\/pulumi\/pkg\/v3 (v\S+)/.exec(module)?.[1];
  if (!version) throw new Error("tools/engine/cli/go.mod does not name pulumi/pkg/v3");
  return version;
}
