import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "./place";

const secondsAllowed = 60;

/**
 * Lets Pulumi's official installer put the engine of the SDK's version into `official/` in the
 * project's cache; an incomplete installation has another name.
 *
 * @throws Error of one line, after at most about 60 s, if the installer cannot be reached or fails.
 */
export async function installEngine(cache: string, log: (line: string) => void): Promise<Place> {
  const unfinished = join(cache, `installing-${process.pid}`);
  const target = join(cache, "official");
  log(`Asking Pulumi's official installer (at most ${secondsAllowed} s)`);
  mkdirSync(cache, { recursive: true });
  try {
    await runInstaller(unfinished);
    rmSync(target, { recursive: true, force: true });
    renameSync(unfinished, target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Pulumi's official installer failed: ${reason}`, { cause: error });
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return { bin: join(target, "bin"), found: "installed in .cache/engine" };
}

/** In a process group of its own, because the Automation API has no way to stop an installation. */
async function runInstaller(root: string): Promise<void> {
  const program =
    `require(${JSON.stringify(require.resolve("@pulumi/pulumi/automation"))})` +
    `.PulumiCommand.install({ root: ${JSON.stringify(root)} })` +
    ".catch((error) => { console.error(error.message); process.exit(1); })";
  const child = spawn(process.execPath, ["-e", program], {
    detached: process.platform !== "win32",
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const stop = (): void => {
    if (process.platform === "win32") child.kill();
    else if (child.pid) process.kill(-child.pid, "SIGKILL");
  };
  const timer = setTimeout(stop, secondsAllowed * 1000);
  const [code] = (await once(child, "exit")) as [number | null];
  clearTimeout(timer);
  if (code === null) throw new Error(`no result after ${secondsAllowed} s`);
  if (code !== 0) throw new Error(said.trim().split("\n")[0] || `exit code ${code}`);
}
