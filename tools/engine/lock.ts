import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Does `work` while no other process does, with a file as the lock. The lock of a process that no
 * longer runs is reused.
 *
 * @param work Gets whether it had to wait, that is, whether another process may have done the same.
 * @param log Gets a line about every 10 s while it waits.
 */
export async function withLock<T>(
  file: string,
  log: (line: string) => void,
  work: (waited: boolean) => Promise<T>,
): Promise<T> {
  let seconds = 0;
  while (!take(file)) {
    if (!holderRuns(file)) rmSync(file, { force: true });
    else {
      if (seconds % 10 === 0) log("Waiting for another process that builds the same");
      await sleep(1000);
      seconds += 1;
    }
  }
  try {
    return await work(seconds > 0);
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function holderRuns(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, "utf8")), 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
