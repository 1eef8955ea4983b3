import { execFile } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";

import { findGo, goBuild, type GoProgram, requiredVersion } from "../go";
import { withLock } from "./lock";

/** A program of the engine that is built from its Go module. */
interface Host {
  /** Folder of its go.mod, beside this file. */
  readonly folder: string;
  readonly goModule: string;
  /** Path of its package in the module, or `./` and a folder of this repository. */
  readonly path: string;
  /** Path of the variable with its version, in the module. */
  readonly versionVariable?: string;
  /** Scripts of the module that it starts. */
  readonly scripts?: readonly string[];
}

const HOSTS = {
  yaml: {
    folder: "language-yaml",
    goModule: "github.com/pulumi/pulumi-yaml",
    path: "cmd/pulumi-language-yaml",
    versionVariable: "pkg/version.Version",
  },
  python: {
    folder: "language-python",
    goModule: "github.com/pulumi/pulumi/sdk/v3",
    path: "python/cmd/pulumi-language-python",
    scripts: ["python/cmd/pulumi-language-python-exec"],
  },
  // The last version that has the host in this module.
  go: {
    folder: "language-go",
    goModule: "github.com/pulumi/pulumi/sdk/v3",
    path: "go/pulumi-language-go",
  },
  "generate-sdk": {
    folder: "cli",
    goModule: "github.com/pulumi/pulumi/pkg/v3",
    path: "./generate-sdk",
  },
  // The last version that has the generator in this module.
  "generate-dotnet": {
    folder: "sdk-dotnet",
    goModule: "github.com/pulumi/pulumi/pkg/v3",
    path: "./generate-dotnet",
  },
} as const satisfies Readonly<Record<string, Host>>;

/**
 * The folder with a program, from the cache, or built from its Go module into it: the engine's language
 * host for YAML, Python or Go, or a generator of SDKs. A second process waits for the first.
 *
 * @param cache Folder that is created if it is missing.
 * @param log Gets a line before anything is downloaded, and one about every 10 s.
 * @throws Error that names the missing program (Go) or quotes the compiler.
 */
export async function buildHost(
  name: keyof typeof HOSTS,
  cache: string,
  log: (line: string) => void,
): Promise<string> {
  const host: Host = HOSTS[name];
  const folder = join(__dirname, host.folder);
  const version = requiredVersion(folder, host.goModule);
  const bin = join(cache, `${name}-${version}`);
  if (existsSync(bin)) return bin;
  const go = await findGo(`the program ${name} of the engine`);
  mkdirSync(cache, { recursive: true });
  await withLock(join(cache, `lock-${name}`), log, async () => {
    if (existsSync(bin)) return;
    log(`Building the program ${name} ${version} (minutes, once) with ${go}`);
    const building = join(cache, `building-${name}-${process.pid}`);
    try {
      const built = join(building, "bin");
      await goBuild(programOf(host, folder, version), built, join(building, "home"), log);
      for (const script of host.scripts ?? []) await copyScript(folder, host, script, built);
      renameSync(built, bin);
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  });
  return bin;
}

function programOf(
  { goModule, path, versionVariable }: Host,
  folder: string,
  version: string,
): GoProgram {
  return {
    folder,
    package: path.startsWith("./") ? path : `${goModule}/${path}`,
    ...(versionVariable !== undefined && {
      linked: `-X ${goModule}/${versionVariable}=${version}`,
    }),
  };
}

async function copyScript(
  folder: string,
  { goModule }: Host,
  script: string,
  bin: string,
): Promise<void> {
  const args = ["list", "-m", "-f", "{{.Dir}}", goModule];
  const { stdout } = await promisify(execFile)("go", args, { cwd: folder });
  const copy = join(bin, basename(script));
  copyFileSync(join(stdout.trim(), script), copy);
  chmodSync(copy, 0o755);
}
