import { ModelStack } from "../support/harness/modelStack";
import { KINDS } from "../support/harness/kinds";
import { type Call, nameIn } from "./calls";
import type { Elsewhere } from "./elsewhere";
import type { Ending, Fate } from "./fate";
import { type Fault, LONG } from "./faultList";
import type { Operation, Run } from "./operations";
import type { Processes } from "./processes";
import { type Place, titleOf } from "./places";
import { recovered } from "./recovery";
import { World } from "./world";

/** One operation on one kind of one cloud, with one fault at one call. */
export interface Cell {
  readonly place: Place;
  readonly operation: Operation;
  readonly call: Call;
  readonly fault: Fault;
}

/** The result of a cell. */
export interface Outcome {
  readonly cell: Cell;
  readonly number: number;
  readonly fate: Fate;
  /** The error messages that the user read, in the order of the runs. */
  readonly errors: readonly string[];
  /** The problem, if any. */
  readonly why?: string;
}

/** An unavailable service has 90 seconds to recover; the last attempt, a login, may take 20 more. */
const BUDGET_SECONDS = 90 + 20;

/** A preflight has a minute, and ten seconds for each question after an unanswered one. */
const PREFLIGHT_SECONDS = 60 + 10;

/**
 * The longest duration of a run: a preflight, a diff and the operation after it have a budget each. Most
 * timeouts are ten minutes, so that an endless wait or a retry within a retry exceeds this limit.
 */
const LONGEST_SECONDS = PREFLIGHT_SECONDS + 2 * BUDGET_SECONDS;

/** The factor of a cell's timeouts in each try; later tries have the last one. */
const MORE_TIME = [1, 3, 9];

/** The calls of an operation without a fault, and its duration. */
export async function learnCalls(
  processes: Processes,
  { place, operation }: Pick<Cell, "place" | "operation">,
  number: number,
): Promise<{ calls: readonly Call[]; seconds: number }> {
  return inWorld(place, number, async (world) => {
    const setting = await prepared(processes, world, operation, `${LONG}s`);
    world.watch();
    const begin = Date.now();
    const errors = await processes.first.serve(world, (provider) =>
      operation.perform({ ...setting, provider }),
    );
    if (errors.length > 0)
      throw new Error(`${titleOf(place)} ${operation.name} fails by itself: ${errors[0]!}`);
    if (world.calls.length === 0) throw new Error(`${operation.name} asks the cloud for nothing`);
    return { calls: world.calls, seconds: (Date.now() - begin) / 1_000 };
  });
}

/**
 * Tries one cell to its end; an error of the test itself is an outcome too. A further try has longer
 * timeouts, since on a busy machine the previous ones may have ended before the call.
 */
export async function tryCell(
  processes: Processes,
  elsewhere: Elsewhere,
  cell: Cell,
  number: number,
  triesBefore = 0,
): Promise<Outcome> {
  const errors: string[] = [];
  const timeout = Math.min(
    LONG,
    cell.fault.timeout(cell.call) * (MORE_TIME[triesBefore] ?? MORE_TIME.at(-1)!),
  );
  const end = await inWorld(cell.place, number, (world) =>
    tried(processes, world, cell, `${timeout}s`, errors),
  ).catch((error: unknown): Ending => ({ fate: "not tried", why: String(error) }));
  const leaks = leaksIn(errors.join("\n"));
  if (elsewhere.asked.some((path) => path.startsWith(`/${number}/`))) {
    leaks.push("the redirect was followed");
  }
  const leak = { fate: "leaked", why: leaks.join(", ") } as const;
  return { cell, number, errors, ...(leaks.length > 0 ? leak : end) };
}

async function tried(
  processes: Processes,
  world: World,
  { operation, fault, call }: Cell,
  timeout: string,
  errors: string[],
): Promise<Ending> {
  const setting = await prepared(processes, world, operation, timeout);
  const before = world.sim.requests.length;
  fault.strike(world, call);
  const begin = Date.now();
  const said = await processes.first.serve(world, (provider) =>
    operation.perform({ ...setting, provider }),
  );
  const seconds = (Date.now() - begin) / 1_000;
  errors.push(...said);
  await world.calm();
  if (!world.isMet) return { fate: "not met", why: "the call did not come" };
  const twice = sentTwice(world, before);
  const problem = await recovered(processes, { ...setting, operation, said }, errors);
  if (twice !== undefined) return { fate: "doubled", why: twice };
  if (problem !== undefined) return problem;
  if (seconds > LONGEST_SECONDS) return { fate: "late", why: `the run lasted ${seconds} seconds` };
  return { fate: errors.length === 0 ? "at once" : "next run" };
}

/** The secrets in a string: passwords, tokens, pre-shared keys. */
export function leaksIn(text: string): string[] {
  return [...new Set(text.match(/gAAAAAB[\w-]{8}|lab-user-pass|canary-\d+-\w+/g) ?? [])];
}

/** Runs a function with a separate cloud. */
export async function inWorld<T>(
  place: Place,
  number: number,
  act: (world: World) => Promise<T>,
): Promise<T> {
  const world = await World.open(place, number);
  try {
    return await act(world);
  } finally {
    await world.close();
  }
}

/** Prepares the objects and the state that an operation begins with. */
export async function prepared(
  processes: Processes,
  world: World,
  operation: Operation,
  timeout: string,
): Promise<Omit<Run, "provider">> {
  const stack = new ModelStack(world.place.count);
  const program = await processes.before.serve(world, (provider) =>
    operation.prepare({ world, stack, provider }, timeout),
  );
  await world.begin();
  return { world, stack, program };
}

/** Statuses after which a POST may be sent again, since the server has not executed it. */
const UNDONE = [401, 413, 429, 503];

/** The problem of a POST that was sent again though the server may have executed the previous one. */
function sentTwice({ sim, place }: World, since: number): string | undefined {
  const path = new RegExp(`${KINDS[place.kind].path}$`);
  const statuses = new Map<string, number>();
  for (const { method, path: asked, body, status } of sim.requests.slice(since)) {
    if (method !== "POST" || !path.test(asked)) continue;
    const name = nameIn(body);
    const before = statuses.get(name);
    if (before !== undefined && !UNDONE.includes(before)) {
      return `POST was sent again after one that ended in ${before || "no answer"}`;
    }
    statuses.set(name, status);
  }
  return undefined;
}
