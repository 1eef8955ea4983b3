import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { compareVersions } from "./engine/versions";

/** The oldest Go that builds the programs of tools/. */
export const oldestGo = "1.26.6";

/** A program that is built from its Go module. */
export interface GoProgram {
  /** Folder of the go.mod. */
  readonly folder: string;
  /** Import path of the package. */
  readonly package: string;
  /** Flags of the linker, none by default. */
  readonly linked?: string;
}

/**
 * Builds a program with exactly the modules of its go.sum.
 *
 * @param bin Folder for the binary, which is named like the last part of the package.
 * @param home Replaces a missing HOME.
 * @param say Gets a line about every 10 s.
 * @throws Error that has the compiler's last lines.
 */
export async function goBuild(
  program: GoProgram,
  bin: string,
  home: string,
  say: (line: string) => void,
): Promise<void> {
  const linked = ["-s", "-w", program.linked ?? ""].join(" ").trim();
  const flags = ["-mod=readonly", "-modcacherw", "-trimpath", "-v", "-ldflags", linked];
  const child = spawn("go", ["build", ...flags, "-o", `${bin}/`, program.package], {
    cwd: program.folder,
    stdio: ["ignore", "ignore", "pipe"],
    // Go derives its caches from HOME and refuses to work without.
    env: { ...process.env, HOME: process.env["HOME"] || home, CGO_ENABLED: "0", GOWORK: "off" },
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
  const name = program.package.split("/").at(-1)!;
  const timer = setInterval(() => say(`${name}: ${doing}`), 10_000);
  try {
    const [code] = (await once(child, "close")) as [number | null];
    if (code === 0) return;
    throw new Error(`building ${name} failed: ${said.trim().split("\n").slice(-3).join(" / ")}`);
  } finally {
    clearInterval(timer);
  }
}

/**
 * Answers the version of the `go` on PATH, such as `go1.26.0`.
 * @param what Is named in the error: "the Pulumi engine".
 * @throws Error if there is none, or an older one than tools/ needs.
 */
export async function findGo(what: string): Promise<string> {
  const needed = `Go ${oldestGo} or newer is needed to build ${what}`;
  const version = await promisify(execFile)("go", ["version"]).then(
    ({ stdout }) => /\bgo\d+\.\d+(\.\d+)?/.exec(stdout)?.[0] ?? stdout.trim(),
    () => undefined,
  );
  if (!version) throw new Error(`${needed}; there is none on PATH`);
  if (compareVersions(version, oldestGo) < 0) {
    throw new Error(`${needed}; the one on PATH is ${version}`);
  }
  return version;
}

/**
 * The version of a module that a go.mod requires, so that it is in one place.
 * @throws Error if it does not name the module.
 */
export function requiredVersion(folder: string, module: string): string {
  const words = readFileSync(join(folder, "go.mod"), "utf8").split(/\s+/);
  const version = words.find((word, i) => words[i - 1] === module && /^v\d/.test(word));
  if (version === undefined) throw new Error(`${folder}/go.mod does not require ${module}`);
  return version;
}
