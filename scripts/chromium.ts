import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The names of Chromium's program in different systems. */
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/**
 * The Chromium that the tests of pages drive: `VPNAAS_CHROMIUM`, or the first on the PATH.
 * @throws Error that explains how to install one
 */
export function findChromium(env: NodeJS.ProcessEnv): string {
  const given = env["VPNAAS_CHROMIUM"];
  const candidates = (env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = (given ? [given] : candidates).find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    given
      ? `VPNAAS_CHROMIUM names ${given}, which cannot be run`
      : "no Chromium on the PATH (Debian has the package chromium), and VPNAAS_CHROMIUM names none",
  );
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
