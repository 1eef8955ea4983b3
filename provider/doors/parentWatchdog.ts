import { connect } from "node:net";

/** How often the parent is looked for, in milliseconds. */
const LOOK_MS = 100;

/** The parent that a process gets whose own is gone. */
const INIT = 1;

/**
 * Ends this process when its engine is gone, or was before this was called. Without it a provider
 * whose engine was killed would finish its waits and still send its requests, and would loop on its
 * broken output pipe.
 */
export function exitWithEngine(): void {
  const end = () => process.exit(1);
  process.stdout.on("error", end);
  process.stderr.on("error", end);
  const engine = process.ppid;
  // In a container the engine may well be process 1.
  if (engine === INIT) whenNobodyAnswers(process.argv.at(-1), end);
  setInterval(() => {
    if (process.ppid !== engine || !isAlive(engine)) end();
  }, LOOK_MS).unref();
}

/** An engine gives its address to the process that it starts. */
function whenNobodyAnswers(address: string | undefined, end: () => void): void {
  const [, host, port] = /^(.+):(\d+)$/.exec(address ?? "") ?? [];
  if (host === undefined) return;
  const socket = connect(Number(port), host, () => socket.destroy());
  socket.unref().once("error", end);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
