import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findGo, goBuild, requiredVersion } from "../go";
import type { Place } from "./place";
import { withLock } from "./lock";

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
 * is complete. A second process waits for the first.
 *
 * @param log Gets a line before anything is downloaded, and one about every 10 s.
 * @throws Error that names the missing program (Go) or quotes the compiler.
 */
export async function buildEngine(cache: string, log: (line: string) => void): Promise<Place> {
  if (process.platform === "win32") throw new Error("Building the engine needs Linux or macOS");
  const go = await findGo("the Pulumi engine");
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
    const linked = `-X ${versionVariable}=${pinnedVersion()}`;
    for (const program of programs) {
      const there = { ...program, folder: join(__dirname, program.folder), linked };
      await goBuild(there, bin, join(building, "home"), say);
    }
    writeFileSync(join(bin, "pulumi-resource-pulumi-nodejs"), dynamicProvider, { mode: 0o755 });
    rmSync(target, { recursive: true, force: true });
    renameSync(bin, target);
    say("the Pulumi engine is built");
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

/** The version of the command line that go.mod requires, so that it is in one place. */
function pinnedVersion(): string {
  return requiredVersion(join(__dirname, "cli"), "github.com/pulumi/pulumi/pkg/v3");
}
