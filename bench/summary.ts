import { grouped } from "../cli/drift/render/phrases";
import {
  REQUESTS,
  type Line,
  type Measure,
  type Requests,
  type ServerName,
  type Usage,
  type Workload,
} from "./model";

/** The names of lines in tables. */
export const LINE_TITLES: Readonly<Record<Line, string>> = {
  ours: "ours",
  plugin: "ours, plugin",
  compressed: "ours, plugin, compressed",
  unchecked: "ours, no checkpoints",
  terraform: "Terraform",
  bare: "bare loop",
  empty: "empty program",
};

/** The rounds of one line in one workload, as one: medians, except for failures. */
export interface Summary {
  readonly server: ServerName;
  readonly size: number;
  readonly line: Line;
  readonly workload: Workload;
  readonly rounds: number;
  readonly seconds: number;
  readonly settledSeconds?: number;
  readonly pending?: number;
  readonly pendingSeconds?: number;
  readonly requests: Requests;
  readonly usage?: Usage;
  readonly cpuSeconds?: number;
  /** The fewest of all rounds. */
  readonly done: number;
  /** How many rounds ended in an error. */
  readonly failures: number;
}

/** Summaries in the order in which their first measures stand. */
export function summariesOf(measures: readonly Measure[]): Summary[] {
  const groups = grouped(measures, ({ server, size, line, workload }) =>
    [server, size, line, workload].join(),
  );
  return [...groups.values()].map(summaryOf);
}

function summaryOf(rounds: readonly Measure[]): Summary {
  const { server, size, line, workload } = rounds[0]!;
  const middle = (figure: (measure: Measure) => number | undefined): number | undefined => {
    const values = rounds.map(figure).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : median(values);
  };
  const figure = (name: "settledSeconds" | "pending" | "pendingSeconds" | "cpuSeconds") => {
    const value = middle((measure) => measure[name]);
    return value === undefined ? {} : { [name]: value };
  };
  const peakMb = middle(({ usage }) => usage?.peakMb);
  const cpuSeconds = middle(({ usage }) => usage?.cpuSeconds);
  return {
    server,
    size,
    line,
    workload,
    rounds: rounds.length,
    seconds: middle(({ seconds }) => seconds)!,
    ...figure("settledSeconds"),
    ...figure("cpuSeconds"),
    ...figure("pending"),
    ...figure("pendingSeconds"),
    requests: Object.fromEntries(
      REQUESTS.map((kind) => [kind, middle(({ requests }) => requests[kind])]),
    ) as Requests,
    ...(peakMb !== undefined && cpuSeconds !== undefined && { usage: { peakMb, cpuSeconds } }),
    done: Math.min(...rounds.map(({ done }) => done)),
    failures: rounds.filter(({ error }) => error !== undefined).length,
  };
}

/** The middle value; of an even number of them the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const upper = sorted.length >> 1;
  const lower = (sorted.length - 1) >> 1;
  return (sorted[lower]! + sorted[upper]!) / 2;
}

/** The result of one workload for one line. */
export interface Cell {
  readonly seconds: number;
  readonly cpuSeconds?: number | undefined;
  /** The smallest number of completed connections. */
  readonly done: number;
  /** Whether these were all, and no run failed. */
  readonly isWhole: boolean;
}

/** A row of the table of times: the results of one workload for each line, and the limit. */
export interface Row {
  readonly server: ServerName;
  readonly size: number;
  readonly title: string;
  readonly cells: Readonly<Partial<Record<Line, Cell>>>;
  /** The lower limit, in seconds. */
  readonly limit: number | undefined;
}

/** The titles of a workload's rows, each with the time that it shows. */
const VIEWS = [
  ["create", "create, the command", "seconds"],
  ["create", "create, all settled", "settledSeconds"],
  ["refresh", "refresh", "seconds"],
  ["preview", "preview and refresh", "seconds"],
  ["change", "change right after", "seconds"],
  ["destroy", "destroy", "seconds"],
] as const;

/** The table of times: server by server, workload by workload, small sizes first. */
export function rowsOf(summaries: readonly Summary[]): Row[] {
  return [...grouped(summaries, ({ server }) => server)].flatMap(([server, here]) =>
    VIEWS.flatMap(([workload, title, figure]) => {
      const sizes = grouped(
        here.filter((one) => one.workload === workload),
        ({ size }) => size,
      );
      return [...sizes]
        .sort(([one], [other]) => one - other)
        .map(([size, lines]) => ({
          server,
          size,
          title,
          limit: limitOf(lines, figure),
          cells: Object.fromEntries(lines.map((one) => [one.line, cellOf(one, figure)])),
        }));
    }),
  );
}

function cellOf(summary: Summary, figure: (typeof VIEWS)[number][2]): Cell {
  const { size, done, failures, seconds, cpuSeconds } = summary;
  const isWhole = done === size && failures === 0;
  return { seconds: summary[figure] ?? seconds, cpuSeconds, done, isWhole };
}

/** The time of the bare loop; no change ends before its last object has left the pending status. */
function limitOf(lines: readonly Summary[], figure: (typeof VIEWS)[number][2]): number | undefined {
  const bare = lines.find(({ line }) => line === "bare");
  const waits = lines.flatMap(({ pendingSeconds }) => pendingSeconds ?? []);
  return bare && Math.max(bare[figure] ?? bare.seconds, ...waits);
}

/** The ratio of two lines' times, or of their CPU times; undefined unless both completed all work. */
export function ratioOf(
  one: Cell | undefined,
  other: Cell | undefined,
  figure: "seconds" | "cpuSeconds" = "seconds",
): number | undefined {
  if (!one?.isWhole || !other?.isWhole) return undefined;
  const [part, whole] = [one[figure], other[figure]];
  return part === undefined || whole === undefined ? undefined : part / whole;
}
