import { existsSync, readFileSync } from "node:fs";

const FILE = "/proc/self/stat";
/** Linux counts CPU time in hundredths of a second. */
const TICKS = 100;

/**
 * The CPU time, user and system, of all processes that this one has started and that have ended, with
 * the processes that they awaited in turn; undefined on a system without /proc.
 */
export function childrenCpuSeconds(): number | undefined {
  if (!existsSync(FILE)) return undefined;
  // The name of the command, in brackets, may contain spaces; cutime and cstime are fields 16 and 17.
  const fields = readFileSync(FILE, "utf8").split(") ").at(-1)!.split(" ");
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}
