/** How often the parent is looked for, in milliseconds. */
const LOOK_MS = 1_000;

/**
 * Ends this process when its engine is gone. Without it a provider whose engine was killed would
 * finish its waits and still send its requests, and would loop on its broken output pipe.
 */
export function endWithEngine(): void {
  const end = () => process.exit(1);
  process.stdout.on("error", end);
  process.stderr.on("error", end);
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine || !isAlive(engine)) end();
  }, LOOK_MS).unref();
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
