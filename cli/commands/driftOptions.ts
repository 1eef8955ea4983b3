import { resolve } from "node:path";
import { parseArgs } from "node:util";

import { CONCERNS, type Concern } from "../../provider/drift/concerns";
import { parseDuration } from "../../provider/validation/duration";
import { readOptions, UsageError } from "../usage";

/** The output of `pulumi-vpnaas drift --help`. */
export const driftHelp = `Usage: pulumi-vpnaas drift [options]

Compares the state of stacks with the objects of their clouds: in step, drifted (property, declared,
actual), gone, or in no stack; and shows the status of the tunnels. Only reads: changes neither the
state nor the cloud, and prints no secret.

Stacks, of the Pulumi project in this folder:
  --stack NAME    this stack; may be given several times (default: the selected one)
  --all-stacks    all stacks
  --cwd DIR       folder of the Pulumi program (default: this one)

Output (default: a table; colors on a terminal, unless NO_COLOR is set):
  --json          JSON, as docs/reference/drift-report.schema.json describes it
  --markdown      Markdown, for a comment on a pull request
  --html FILE     also write a page; only its owner may read a new file
  --plan          also the requests by which \`pulumi up --refresh\` would correct the drift, if the
                  program still declares the values of the state; notes name any omission
  --debug         also a line for every request, on stderr

Repetition:
  --watch TIME    compare again after each TIME, such as 60s or 5m, and print only changes, until
                  Ctrl-C; not with --json, --markdown, --plan

Exit status: 0 in step; 2 drift; 1 error: a stack or a cloud could not be read, the output could not
be written, or an option is invalid. With --watch it is the status of the last comparison.
  --fail-on LIST  reasons for status 2: drift, down, unmanaged, unfinished, separated by commas, or
                  none (default: drift,unfinished). down: a tunnel of a stack is in ERROR, or DOWN
                  though not switched off; unfinished: a run on a stack is active or was interrupted
`;

/** The options of a drift check. */
export interface DriftOptions {
  readonly stacks: readonly string[];
  readonly all: boolean;
  readonly cwd: string | undefined;
  readonly format: "table" | "json" | "markdown";
  /** Absolute path. */
  readonly html: string | undefined;
  readonly failOn: readonly Concern[];
  /** Milliseconds between two comparisons; undefined if there is only one. */
  readonly watchMs: number | undefined;
  readonly plan: boolean;
  readonly debug: boolean;
}

/**
 * Reads the options of `pulumi-vpnaas drift`.
 * @throws UsageError for invalid options
 */
export function driftOptionsOf(args: string[]): DriftOptions {
  const { values } = readOptions(() =>
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
  );
  for (const [one, other] of EXCLUSIVE) {
    const [isOne, isOther] = [one, other].map((name) => isGiven(values[name]));
    if (isOne && isOther) throw new UsageError(`--${one} and --${other} exclude each other`);
  }
  for (const name of ["stack", "cwd", "html"] as const) {
    if ([values[name] ?? []].flat().includes("")) throw new UsageError(`--${name} has no value`);
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
    throw new UsageError(`--fail-on accepts ${CONCERNS.join(", ")} or none, not "${list}"`);
  });
}

/** At most a day, which every timer supports. */
function pauseOf(text: string): number {
  const ms = parseDuration(text);
  if (ms !== undefined && ms >= 1_000 && ms <= 86_400_000) return ms;
  throw new UsageError(`--watch is a time from 1s to 24h, such as 60s or 5m, not "${text}"`);
}
