import type { Line, Measure } from "./model";
import { ratioOf, rowsOf, summariesOf } from "./summary";

/** Ratios of CPU times by their titles, such as `preview, N = 1: plugin / empty`. */
export type Ratios = Readonly<Record<string, number>>;

/** How much larger a ratio may be than the one on file. */
const TOLERANCE = 1.15;

const COMPARED: readonly (readonly [Line, Line])[] = [
  ["ours", "empty"],
  ["plugin", "empty"],
];

/** Whether {@link ratiosOf} needs the measures of a line. */
export function isCompared(line: Line): boolean {
  return COMPARED.flat().includes(line);
}

/**
 * Both doors compared with an empty program, for each size and workload. CPU time depends less than time by the clock
 * on the machine and on its other work.
 */
export function ratiosOf(measures: readonly Measure[]): Ratios {
  // A creation has a second row, for the time until all connections have settled.
  const rows = rowsOf(summariesOf(measures)).filter(({ title }) => !title.includes("settled"));
  const ratios = rows.flatMap(({ title, size, cells }) =>
    COMPARED.map(([one, other]) => {
      const ratio = ratioOf(cells[one], cells[other], "cpuSeconds");
      const name = one === "ours" ? "dynamic" : one;
      return [`${title}, N = ${size}: ${name} / ${other}`, ratio] as const;
    }),
  );
  return Object.fromEntries(
    ratios.flatMap(([title, ratio]) =>
      ratio === undefined ? [] : [[title, Math.round(ratio * 100) / 100]],
    ),
  );
}

/** A line for each ratio that is missing, or more than 15 % larger than on file. */
export function regressions(onFile: Ratios, now: Ratios): string[] {
  return Object.entries(onFile).flatMap(([title, before]) => {
    const ratio = now[title];
    if (ratio === undefined) return [`${title}: was ${before}, and was not measured`];
    if (ratio <= before * TOLERANCE) return [];
    return [`${title}: was ${before}, is ${ratio}`];
  });
}
