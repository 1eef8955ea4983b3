import { connect } from "node:net";

/** How often to check the parent, in milliseconds. */
const CHECK_INTERVAL_MS = 100;

/** The parent of a process whose own parent has ended. */
const INIT = 1;

/**
 * Ends this process when its engine ends, or if it has ended before this call. Without this a
 * provider whose engine was killed would finish its waits and still send its requests, and would
 * loop on its broken output pipe.
 */
export function exitWithEngine(): void {
  const end = () => process.exit(1);
  process.stdout.on("error", end);
  process.stderr.on("error", end);
  const engine = process.ppid;
  // In a container the engine may be process 1 itself.
  if (engine === INIT) endIfUnreachable(process.argv.at(-1), end);
  setInterval(() => {
    if (process.ppid !== engine || !isAlive(engine)) end();
  }, CHECK_INTERVAL_MS).unref();
}

/** An engine passes its address to the processes that it starts. */
function endIfUnreachable(address: string | undefined, end: () => void): void {
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
