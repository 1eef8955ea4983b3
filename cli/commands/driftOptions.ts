import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { CONCERNS, type Concern } from "../../provider/drift/report";
import { parseDuration } from "../../provider/validation/duration";
import { readOptions, UsageError } from "../usage";

/** What `pulumi-vpnaas drift --help` prints. */
export const driftHelp = `Usage: pulumi-vpnaas drift [options]

Compares the state of stacks with what their clouds show now: what is in step, what drifted (property,
declared, actual), what is gone, what no stack holds, and how the tunnels are. Only reads: neither the
state nor the cloud is changed, and no secret is printed.

Which stacks, of the Pulumi project in this folder:
  --stack NAME    this one; may be given several times (default: the one that is selected)
  --all-stacks    all of them
  --cwd DIR       folder of the Pulumi program (default: this one)

What is printed (default: a table; colors on a terminal, unless NO_COLOR is set):
  --json          JSON, as docs/reference/drift-report.schema.json describes it
  --markdown      Markdown, for a comment on a pull request
  --html FILE     a page of its own, beside what is printed; a new file is for its owner alone
  --plan          also the requests by which \`pulumi up --refresh\` would put it right, if the program
                  still declares what the state has; what it leaves out is said in notes
  --debug         a line for every request, on stderr

How long:
  --watch TIME    look again after each TIME, such as 60s or 5m, and print only what changed, until
                  Ctrl-C; not with --json, --markdown, --plan

Exit status: 0 in step, 2 drift, 1 error, which is also what could not be read or written, and wrong
options.
  --fail-on LIST  what makes it 2: of drift, down, unmanaged, unfinished, with commas between, or
                  none (default: drift,unfinished). down: a tunnel of a stack is in ERROR, or DOWN
                  though not switched off; unfinished: a run is at work on a stack, or was cut short
Of a --watch it is that of the last look.
`;

/** What a drift check was asked to do. */
export interface DriftOptions {
  readonly stacks: readonly string[];
  readonly all: boolean;
  readonly cwd: string | undefined;
  readonly format: "table" | "json" | "markdown";
  /** Absolute path. */
  readonly html: string | undefined;
  readonly failOn: readonly Concern[];
  /** Milliseconds between two looks; undefined: one look alone. */
  readonly watchMs: number | undefined;
  readonly plan: boolean;
  readonly debug: boolean;
}

/**
 * Reads the options of `pulumi-vpnaas drift`.
 * @throws UsageError with the status 1, since 2 means drift
 */
export function driftOptionsOf(args: string[]): DriftOptions {
  const { values } = readOptions(
    () =>
      parseArgs({
        args,
        options: {
          stack: { type: "string", multiple: true, default: [] },
          "all-stacks": { type: "boolean", default: false },
          cwd: { type: "string" },
          json: { type: "boolean", default: false },
          markdown: { type: "boolean", default: false },
          html: { type: "string" },
          plan: { type: "boolean", default: false },
          debug: { type: "boolean", default: false },
          watch: { type: "string" },
          "fail-on": { type: "string", default: "drift,unfinished" },
        },
      }),
    STATUS,
  );
  for (const [one, other] of EXCLUSIVE) {
    const [isOne, isOther] = [one, other].map((name) => isGiven(values[name]));
    if (isOne && isOther) throw wrong(`--${one} and --${other} exclude each other`);
  }
  for (const name of ["stack", "cwd", "html"] as const) {
    if ([values[name] ?? []].flat().includes("")) throw wrong(`--${name} has no value`);
  }
  return {
    stacks: values.stack,
    all: values["all-stacks"],
    cwd: values.cwd,
    format: values.json ? "json" : values.markdown ? "markdown" : "table",
    html: values.html === undefined ? undefined : resolve(values.html),
    failOn: concernsIn(values["fail-on"]),
    watchMs: values.watch === undefined ? undefined : pauseOf(values.watch),
    plan: values.plan,
    debug: values.debug,
  };
}

const STATUS = 1;

const EXCLUSIVE = [
  ["json", "markdown"],
  ["stack", "all-stacks"],
  ["watch", "json"],
  ["watch", "markdown"],
  ["watch", "plan"],
] as const;

function isGiven(value: string | readonly string[] | boolean | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

function concernsIn(list: string): Concern[] {
  if (list === "none") return [];
  return list.split(",").map((word) => {
    const found = CONCERNS.find((concern) => concern === word.trim());
    if (found) return found;
    throw wrong(`--fail-on takes ${CONCERNS.join(", ")} or none, not "${list}"`);
  });
}

/** More than a day is more than a timer takes for sure. */
function pauseOf(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= 1_000 && ms <= 86_400_000) return ms;
  throw wrong(`--watch is a time from 1s to 24h, such as 60s or 5m, not "${text}"`);
}

function wrong(text: string): UsageError {
  return new UsageError(text, STATUS);
}
