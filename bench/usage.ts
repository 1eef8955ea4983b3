import { existsSync, readdirSync, readFileSync } from "node:fs";

import type { Usage } from "./model";
import type { ProviderProcesses } from "./tool";

const SAMPLE_MS = 100;
/** Linux counts CPU time in hundredths of a second. */
const TICKS = 100;

/** The last sample of one process. */
interface Sample {
  readonly peakKb: number;
  readonly ticks: number;
}

/**
 * Samples processes ten times a second until the returned function is called, which returns their usage, or
 * undefined if there was no such process, or no /proc. Usage after the last sample of a process is lost.
 */
export function watchUsage(wanted: ProviderProcesses): () => Usage | undefined {
  if (!existsSync("/proc/self/stat")) return () => undefined;
  const samples = new Map<number, Sample>();
  const look = (): void => {
    for (const pid of pidsOf(wanted)) {
      const sample = sampleOf(pid);
      if (sample) samples.set(pid, sample);
    }
  };
  const timer = setInterval(look, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    look();
    const all = [...samples.values()];
    if (all.length === 0) return undefined;
    return {
      peakMb: Math.max(...all.map(({ peakKb }) => peakKb)) / 1_024,
      cpuSeconds: all.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS,
    };
  };
}

function pidsOf({ home, command }: ProviderProcesses): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      if (!Number.isInteger(pid)) return false;
      return (
        command.test(textOf(pid, "cmdline").replaceAll("\0", " ")) &&
        textOf(pid, "environ").split("\0").includes(`HOME=${home}`)
      );
    });
}

function sampleOf(pid: number): Sample | undefined {
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(textOf(pid, "status"))?.[1];
  // The name of the command, in brackets, may contain spaces; utime and stime are fields 14 and 15.
  const fields = textOf(pid, "stat").split(") ").at(-1)!.split(" ");
  if (peak === undefined) return undefined;
  return { peakKb: Number(peak), ticks: Number(fields[11]) + Number(fields[12]) };
}

/** A file of a process; empty if the process has ended. */
function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
