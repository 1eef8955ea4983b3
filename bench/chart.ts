/** Something that a process did, from one time to another, in milliseconds since 1970. */
export interface Span {
  readonly pid: number;
  /** `process`: until the preload ran; `call`: of the engine; `exit`: the end of the process. */
  readonly kind: "process" | "load" | "call" | "request" | "exit";
  readonly name: string;
  readonly begin: number;
  readonly end: number;
  /** Of `load`: milliseconds of each package, without those of the packages that it loads. */
  readonly packages?: Readonly<Record<string, number>>;
  /** Of `exit`: CPU time of the process. */
  readonly cpuMs?: number;
}

/** Characters of a bar that is as long as the command. */
const WIDTH = 48;

/** Packages and parts that are listed below a chart. */
const LISTED = 5;

/**
 * The spans of a command as text: a line for each, process by process, with its begin and its duration in
 * milliseconds and a bar; below it the packages that took the most time to load.
 */
export function chartOf(title: string, spans: readonly Span[], begin: number, end: number): string {
  const column = (time: number) => Math.round(((time - begin) / (end - begin)) * WIDTH);
  const row = (span: Span, label: string): string => {
    const from = Math.min(WIDTH - 1, Math.max(0, column(span.begin)));
    const length = Math.max(1, Math.min(WIDTH, column(span.end)) - from);
    const bar = `${" ".repeat(from)}${"=".repeat(length)}`.padEnd(WIDTH);
    const [at, ms] = [span.begin - begin, span.end - span.begin].map((one) => one.toFixed(0));
    return `${at!.padStart(6)} ${ms!.padStart(6)} |${bar}| ${label}`;
  };
  const lines = processesOf(spans).flatMap(({ name, whole, parts }) => [
    row(whole, `${name}${whole.cpuMs === undefined ? "" : `, ${whole.cpuMs.toFixed(0)} ms CPU`}`),
    ...parts.map((span) => row(span, `  ${span.kind} ${span.name}`)),
  ]);
  const head = ` begin     ms |${"-".repeat(WIDTH)}|`;
  return [title, head, ...lines, "Longest to load, in ms:", ...longestLoads(spans)].join("\n");
}

interface Process {
  readonly name: string;
  readonly whole: Span;
  readonly parts: readonly Span[];
}

/** The processes in the order of their begin, each with its spans in that order. */
function processesOf(spans: readonly Span[]): Process[] {
  const order = spans.toSorted((one, other) => one.begin - other.begin);
  return order
    .filter(({ kind }) => kind === "process")
    .map((first) => {
      const own = order.filter(({ pid }) => pid === first.pid);
      const exit = own.find(({ kind }) => kind === "exit");
      const end = Math.max(...own.map((span) => span.end));
      const parts = own.filter(({ kind }) => kind !== "process" && kind !== "exit");
      return { name: first.name, whole: { ...first, ...exit, begin: first.begin, end }, parts };
    });
}

function longestLoads(spans: readonly Span[]): string[] {
  const totals = new Map<string, number>();
  for (const { packages } of spans) {
    for (const [name, ms] of Object.entries(packages ?? {})) {
      totals.set(name, (totals.get(name) ?? 0) + ms);
    }
  }
  const most = [...totals].sort(([, one], [, other]) => other - one).slice(0, LISTED);
  return most.map(([name, ms]) => `  ${ms.toFixed(0).padStart(5)} ${name}`);
}
