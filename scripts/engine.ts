import { execFile } from "node:child_process";
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { buildEngine, builtEngineFolder } from "../tools/engine/build";
import { installEngine } from "../tools/engine/install";
import type { Place } from "../tools/engine/place";
import { compareVersions } from "../tools/engine/versions";
import { oldestGo } from "../tools/go";

/** A Pulumi command line with its Node.js language host, tried and new enough. */
export interface Engine {
  /** Absolute path of the folder to put first on PATH. */
  bin: string;
  /** The version that `pulumi version` printed, such as `v3.232.0`. */
  version: string;
  /** Its source in words: "on PATH". */
  found: string;
}

/** The oldest command line that is accepted; the peer range of `@pulumi/pulumi` begins there, too. */
export const oldestVersion = "3.216.0";

const cache = resolve(__dirname, "..", ".cache", "engine");
const exe = process.platform === "win32" ? ".exe" : "";
const companions = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/**
 * Finds a usable Pulumi engine: on PATH, in Pulumi's own folders, in the project's cache; where
 * there is none, has the official installer put one into the project's cache, and at last builds it
 * from its Go modules. Logs one line for each rejected place and each slow step.
 *
 * @param log Takes one line at a time.
 * @throws Error that names the checked places and the program to install.
 */
export async function findEngine(log: (line: string) => void): Promise<Engine> {
  const present = await firstUsable(usualPlaces(), log);
  if (present) return present;

  const tried = ["PATH", "~/.pulumi", ".cache/engine"];
  for (const provide of [installEngine, buildEngine]) {
    try {
      const engine = await firstUsable([await provide(cache, log)], log);
      if (engine) return engine;
      tried.push(`${provide.name}: the result does not work`);
    } catch (error) {
      log(reasonOf(error));
      tried.push(reasonOf(error));
    }
  }
  throw new Error(
    `no Pulumi engine (tried ${tried.join("; ")}). ` +
      `Install Pulumi ${oldestVersion} or newer from https://www.pulumi.com/docs/install/, ` +
      `or Go ${oldestGo} or newer to have it built.`,
  );
}

/** The folders in which an engine may already lie, best first; those without a `pulumi` are left out. */
export function usualPlaces(
  env: NodeJS.ProcessEnv = process.env,
  projectCache: string = cache,
): Place[] {
  const pulumiHome = env["PULUMI_HOME"] || join(env["HOME"] || homedir(), ".pulumi");
  const versions = join(pulumiHome, "versions");
  const installed = existsSync(versions)
    ? readdirSync(versions).sort((a, b) => compareVersions(b, a))
    : [];
  const places: Place[] = [
    ...(env["PATH"] ?? "")
      .split(delimiter)
      .filter((folder) => folder !== "")
      .map((bin) => ({ bin, found: "on PATH" })),
    { bin: join(pulumiHome, "bin"), found: "in ~/.pulumi/bin" },
    ...installed.map((version) => ({
      bin: join(versions, version, "bin"),
      found: `in ~/.pulumi/versions/${version}`,
    })),
    { bin: join(projectCache, "official", "bin"), found: "installed in .cache/engine" },
    { bin: builtEngineFolder(projectCache), found: "built in .cache/engine" },
  ];
  return places.filter(({ bin }) => existsSync(join(bin, `pulumi${exe}`)));
}

/** The first place whose engine answers, is new enough and is complete; each other gets a line. */
export async function firstUsable(
  places: Place[],
  log: (line: string) => void,
): Promise<Engine | undefined> {
  for (const { bin, found } of places) {
    try {
      return { ...(await inspect(bin)), found };
    } catch (error) {
      log(`Passing over the pulumi ${found}: ${reasonOf(error)}`);
    }
  }
  return undefined;
}

async function inspect(place: string): Promise<Omit<Engine, "found">> {
  const program = join(resolve(place), `pulumi${exe}`);
  const version = await askVersion(program);
  if (!/^v?\d+\.\d+\.\d+/.test(version)) throw new Error("it prints no version");
  if (compareVersions(version, oldestVersion) < 0) {
    throw new Error(`${version} is older than ${oldestVersion}`);
  }
  // A link on PATH has its companions where it points to.
  const own = [dirname(program), dirname(realpathSync(program))];
  const bin = own.find((folder) => companions.every((name) => isIn(folder, name)));
  const everywhere = [...own, ...(process.env["PATH"] ?? "").split(delimiter)];
  const missing = companions.filter((name) => !everywhere.some((place) => isIn(place, name)));
  if (missing.length > 0) throw new Error(`${missing.join(" and ")} is missing`);
  return { bin: bin ?? dirname(program), version };
}

async function askVersion(program: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, ["version"], {
      env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      timeout: 20_000,
      killSignal: "SIGKILL",
    });
    return stdout.trim();
  } catch {
    throw new Error("`pulumi version` fails");
  }
}

function isIn(folder: string, program: string): boolean {
  return ["", ".exe", ".cmd"].some((suffix) => existsSync(join(folder, program + suffix)));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

if (require.main === module) {
  findEngine((line) => console.error(line)).then(
    ({ bin, version, found }) => console.log(`pulumi ${version} ${found}: ${bin}`),
    (error: unknown) => {
      console.error(reasonOf(error));
      process.exitCode = 1;
    },
  );
}
