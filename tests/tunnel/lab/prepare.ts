import { existsSync, mkdirSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { dirname } from "node:path";

import { Site } from "./site";

const DEVICE = "/dev/net/tun";

/**
 * Installs the requirements of a {@link Site}: unpacks strongSwan in .cache and starts one site as a trial.
 * @throws Error of one line with the reason why this machine cannot run it
 */
export async function prepareTunnels(log: (line: string) => void): Promise<void> {
  if (process.platform !== "linux" || process.getuid?.() !== 0) {
    throw new Error("needs root on Linux");
  }
  if (!existsSync(DEVICE)) {
    mkdirSync(dirname(DEVICE), { recursive: true });
    execFileSync("mknod", ["-m", "600", DEVICE, "c", "10", "200"]);
  }
  const site = await Site.start();
  const { stdout } = await site.swanctl("--version").finally(() => site.stop());
  log(stdout.trim());
}
