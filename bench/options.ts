import { join } from "node:path";
import { parseArgs } from "node:util";

import { DOORS, SERVERS, WORKLOADS, type DoorName, type ServerName, type Workload } from "./model";

/** The options of `npm run bench -- ...`. */
export interface Options {
  readonly servers: readonly ServerName[];
  /** The doors whose lines are measured. */
  readonly doors: readonly DoorName[];
  /** Numbers of connections; each server has defaults of its own. */
  readonly sizes: readonly number[] | undefined;
  /** The same for every size; by default more for small ones. */
  readonly rounds: number | undefined;
  readonly workloads: readonly Workload[];
  /** Whether the costs of waits are measured as well. */
  readonly waiting: boolean;
  /** Whether empty programs are measured in every language. */
  readonly programs: boolean;
  /** Whether many connections are also made with checkpoints, and changed, which takes many minutes. */
  readonly whole: boolean;
  /** Whether only timelines are drawn. */
  readonly timeline: boolean;
  /** The file for the figures. */
  readonly json: string;
  /** Whether docs/evidence/performance.* are renewed. */
  readonly markdown: boolean;
  /** A file of an earlier run, from which docs/evidence/performance.* are written without measuring. */
  readonly from: string | undefined;
}

const KNOWN = [...WORKLOADS, "waiting", "programs"] as const;
const root = join(__dirname, "..");

/** The output of `--help`. */
export const USAGE = `npm run bench -- [OPTIONS]
  --server NAME      ${SERVERS.join(" or ")}; may be given again (default: both)
  --door NAME        ${DOORS.join(" or ")}; may be given again (default: both)
  --size NUMBER      connections; may be given again (default: 1, 20, 200; 1000 on the simulator)
  --rounds NUMBER    rounds, turn by turn (default: 3 for up to 20 connections, else 1)
  --workloads LIST   of ${KNOWN.join()}
                     (default: all; waiting and programs, which have sizes of their own, where
                     no size is given)
  --whole            checkpoints and change also with more than 200 connections: many minutes
  --timeline         draws where the time of small runs goes, on the simulator (default: 1 connection)
  --json FILE        where the figures are written (default: .cache/bench.json)
  --markdown         writes docs/evidence/performance.md, .json and the plot
  --from FILE        writes them from the figures of an earlier run`;

/**
 * Reads the command line.
 * @throws Error that names the invalid argument
 */
export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      server: { type: "string", multiple: true, default: [...SERVERS] },
      door: { type: "string", multiple: true, default: [...DOORS] },
      size: { type: "string", multiple: true },
      rounds: { type: "string" },
      workloads: { type: "string" },
      whole: { type: "boolean", default: false },
      timeline: { type: "boolean", default: false },
      json: { type: "string", default: join(root, ".cache", "bench.json") },
      markdown: { type: "boolean", default: false },
      from: { type: "string" },
    },
  });
  const wanted = values.workloads ?? (values.size ? WORKLOADS : KNOWN).join();
  const chosen = wanted.split(",").map((word) => oneOf(KNOWN, word, "--workloads"));
  return {
    servers: values.server.map((word) => oneOf(SERVERS, word, "--server")),
    doors: values.door.map((word) => oneOf(DOORS, word, "--door")),
    sizes: values.size?.map((word) => numberIn(word, "--size", 10_000)),
    rounds: values.rounds === undefined ? undefined : numberIn(values.rounds, "--rounds", 100),
    workloads: WORKLOADS.filter((workload) => chosen.includes(workload)),
    waiting: chosen.includes("waiting"),
    programs: chosen.includes("programs"),
    whole: values.whole,
    timeline: values.timeline,
    json: values.json,
    markdown: values.markdown,
    from: values.from,
  };
}

/** The number of connections on a server, from the command line or by default. */
export function sizesOf(server: ServerName, { sizes }: Pick<Options, "sizes">): readonly number[] {
  return sizes ?? (server === "neutron" ? [1, 20, 200] : [1, 20, 200, 1_000]);
}

/** How many rounds are played with so many connections. */
export function roundsOf(size: number, { rounds }: Pick<Options, "rounds">): number {
  return rounds ?? (size <= 20 ? 3 : 1);
}

function oneOf<T extends string>(known: readonly T[], word: string, option: string): T {
  const found = known.find((one) => one === word);
  if (found === undefined) throw new Error(`${option} ${word}: it is ${known.join(", ")}`);
  return found;
}

function numberIn(word: string, option: string, most: number): number {
  const number = Number(word);
  if (Number.isInteger(number) && number > 0 && number <= most) return number;
  throw new Error(`${option} ${word}: a whole number from 1 to ${most}`);
}
