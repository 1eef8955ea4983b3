import { existsSync, readFileSync } from "node:fs";

/** The memory and files of a process at one moment. */
export interface Sample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Resident memory in bytes, according to the system. */
  readonly rss: number;
  /** The used heap in bytes right after a garbage collection. */
  readonly heap: number;
  /** Open files and sockets; 0 if the system does not report them. */
  readonly files: number;
}

/** The name of the probe's file, beside the program. */
export const PROBE = "probe.cjs";

/** Code in the sampled process that writes a line of JSON to PROBE_FILE every PROBE_MS. */
export const PROBE_TEXT = `
const { appendFileSync, readdirSync } = require("node:fs");
const files = () => {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return 0;
  }
};
// The parent that stands in for the engine inherits the environment.
if (!process.execArgv.includes("-e")) {
  require("node:v8").setFlagsFromString("--expose-gc");
  const collect = require("node:vm").runInNewContext("gc");
  const sample = () => {
    const { rss } = process.memoryUsage();
    collect();
    const heap = process.memoryUsage().heapUsed;
    const line = JSON.stringify({ at: Date.now(), rss, heap, files: files() });
    appendFileSync(process.env.PROBE_FILE, line + "\\n");
  };
  setInterval(sample, Number(process.env.PROBE_MS)).unref();
}`;

/** The environment of a sampled process. */
export function probed(file: string, everyMs: number): Record<string, string> {
  return { NODE_OPTIONS: `--require ./${PROBE}`, PROBE_FILE: file, PROBE_MS: String(everyMs) };
}

/** The samples so far. */
export function samplesIn(file: string): Sample[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Sample);
}

/** A figure of a {@link Sample}. */
export type Figure = "rss" | "heap" | "files";

/** The trend of a figure. */
export interface Trend {
  /** Slope per minute of the line that best fits the last 70 %. */
  readonly perMinute: number;
  /** Median of the middle third. */
  readonly middle: number;
  /** Median of the last third. */
  readonly last: number;
}

/** The {@link Trend} of one figure. */
export function trendOf(samples: readonly Sample[], figure: Figure): Trend {
  const third = Math.floor(samples.length / 3);
  const warm = samples.slice(Math.floor(samples.length * 0.3));
  const points = warm.map((one) => [one.at / 60_000, one[figure]] as const);
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const over = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  const under = points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
  const values = samples.map((one) => one[figure]);
  return {
    perMinute: over / under,
    middle: median(values.slice(third, 2 * third)),
    last: median(values.slice(2 * third)),
  };
}

/** The allowed excess of the last third over the middle third. */
const ALLOWED: Readonly<Record<Figure, (middle: number) => number>> = {
  rss: (middle) => middle / 10,
  heap: (middle) => middle / 10,
  files: () => 10,
};

/**
 * A sentence for each growing figure: the median of the last third exceeds that of the middle third by
 * more than a tenth, or by more than 10 files. Empty without a leak.
 */
export function growths(samples: readonly Sample[]): string[] {
  return (["rss", "heap", "files"] as const)
    .map((figure) => ({ figure, ...trendOf(samples, figure) }))
    .filter(({ figure, middle, last }) => !(last - middle <= ALLOWED[figure](middle)))
    .map(({ figure, middle, last }) => `${figure} grows: from ${middle} to ${last}.`);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? NaN;
}
