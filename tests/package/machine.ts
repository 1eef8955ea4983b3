/** Programs of the matrix, from this machine and from npm's configured registry. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

import { name, version } from "../../package.json";
import { findEngine } from "../../scripts/engine";
import type { Cell } from "./cells";

const repository = resolve(__dirname, "..", "..");
const cache = join(repository, ".cache", "package");

/** The packages of Node on npm, by the cells' names of its versions. */
const NODE_PACKAGES: Readonly<Record<Cell["node"], string>> = {
  "20": "20.20.2",
  "22": "22.23.3",
  "24": "24.21.0",
};

const PNPM = "12.21.0";

/** Ends a program that hangs; an installation from an empty cache takes about a minute. */
const LONGEST_MS = 240_000;

/**
 * Runs a program to its end.
 * @throws Error with the program's output if it fails
 */
export async function run(
  directory: string,
  path: readonly string[],
  [program, ...args]: readonly [program: string, ...args: string[]],
): Promise<void> {
  const PATH = [...path, process.env["PATH"] ?? ""].join(delimiter);
  const options = { cwd: directory, env: { ...process.env, PATH }, timeout: LONGEST_MS };
  await promisify(execFile)(program, args, options).catch((error: unknown) => {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(" ")}: ${String(error)}\n${stdout}\n${stderr}`);
  });
}

/** The folder of a Node of a major version: this machine's own, or that of npm's package. */
export async function nodeBin(major: Cell["node"]): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return dirname(process.execPath);
  const build = `node-${process.platform}-${process.arch}`;
  return join(await modulesWith(`${build}@${NODE_PACKAGES[major]}`), build, "bin");
}

/** The folder of pnpm. */
export async function pnpmBin(): Promise<string> {
  return join(await modulesWith(`pnpm@${PNPM}`), ".bin");
}

/** The folder of the Pulumi engine. */
export async function engineBin(): Promise<string> {
  return process.env["VPNAAS_ENGINE_BIN"] || (await findEngine(() => undefined)).bin;
}

/** The path of this package's tarball, equal to that of `npm publish`. */
export async function packed(): Promise<string> {
  mkdirSync(cache, { recursive: true });
  await run(repository, [], ["npm", "pack", "--pack-destination", cache]);
  return join(cache, `${name}-${version}.tgz`);
}

/** The node_modules of a cache folder with the one package. */
async function modulesWith(spec: string): Promise<string> {
  const place = join(cache, spec);
  if (!existsSync(join(place, "node_modules", ".package-lock.json"))) {
    mkdirSync(place, { recursive: true });
    const flags = ["--no-save", "--no-audit", "--no-fund", "--prefix", place];
    await run(place, [], ["npm", "install", ...flags, spec]);
  }
  return join(place, "node_modules");
}
