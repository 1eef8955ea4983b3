import { statSync } from "node:fs";

/**
 * Whether users other than the owner may read a file; always false on Windows, which has no such
 * mode.
 */
export function isReadableByOthers(path: string): boolean {
  if (process.platform === "win32") return false;
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o044) !== 0;
}

/** The end of a warning about a secret in a file that {@link isReadableByOthers}. */
export const OTHERS_MAY_READ = "and others may read it: chmod 600 would keep it.";
