import { statSync } from "node:fs";

/** Whether others than the owner of a file may read it. Windows tells by other means: there never. */
export function isReadableByOthers(path: string): boolean {
  if (process.platform === "win32") return false;
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o044) !== 0;
}

/** Ends a warning about a file with a secret that {@link isReadableByOthers}. */
export const OTHERS_MAY_READ = "and others may read it: chmod 600 would keep it.";
