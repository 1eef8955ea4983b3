import { ModelEngine } from "../harness/modelEngine";
import type { Properties } from "../harness/providerProcess";
import { KINDS } from "../harness/kinds";
import type { Call } from "./calls";
import type { Elsewhere, Fault } from "./faultList";
import type { Operation, Run } from "./operations";
import type { Processes } from "./processes";
import { type Place, World } from "./world";

/** One operation on one kind of one cloud that meets one fault at one call. */
export interface Cell {
  readonly place: Place;
  readonly operation: Operation;
  readonly call: Call;
  readonly fault: Fault;
}

/** What became of a cell: the first two are well, and nothing else is. */
export type Fate = "at once" | "next run" | "lost" | "doubled" | "leaked" | "not tried";

/** A cell that was tried. */
export interface Outcome {
  readonly cell: Cell;
  readonly number: number;
  readonly fate: Fate;
  /** What the user read of errors, run by run. */
  readonly errors: readonly string[];
  /** What is wrong, where something is. */
  readonly why?: string;
}

/** The calls of an operation where nothing goes wrong, and how long it takes. */
export async function learnCalls(
  processes: Processes,
  { place, operation }: Pick<Cell, "place" | "operation">,
  number: number,
): Promise<{ calls: readonly Call[]; seconds: number }> {
  return inWorld(place, number, async (world) => {
    const setting = await prepared(processes, world, operation, "10m");
    world.watch();
    const begin = Date.now();
    const errors = await processes.first.serve(world, (provider) =>
      operation.perform({ ...setting, provider }),
    );
    if (errors.length > 0) throw new Error(`${operation.name} fails by itself: ${errors[0]!}`);
    if (world.calls.length === 0) throw new Error(`${operation.name} asks the cloud for nothing`);
    return { calls: world.calls, seconds: (Date.now() - begin) / 1_000 };
  });
}

/** Tries one cell to its end; whatever goes wrong with it is its outcome. */
export async function tryCell(
  processes: Processes,
  elsewhere: Elsewhere,
  cell: Cell,
  number: number,
): Promise<Outcome> {
  const errors: string[] = [];
  const end = await inWorld(cell.place, number, (world) =>
    tried(processes, world, cell, errors),
  ).catch((error: unknown): Ending => ({ fate: "not tried", why: String(error) }));
  const leaks = leaksIn(errors.join("\n"));
  if (elsewhere.asked.some((path) => path.startsWith(`/${number}/`))) {
    leaks.push("the redirect was followed");
  }
  const leak = { fate: "leaked", why: leaks.join(", ") } as const;
  return { cell, number, errors, ...(leaks.length > 0 ? leak : end) };
}

type Ending = Pick<Outcome, "fate" | "why">;

async function tried(
  processes: Processes,
  world: World,
  { operation, fault, call }: Cell,
  errors: string[],
): Promise<Ending> {
  const setting = await prepared(processes, world, operation, fault.timeout);
  const before = world.sim.requests.length;
  fault.strike(world, call);
  const said = await processes.first.serve(world, (provider) =>
    operation.perform({ ...setting, provider }),
  );
  errors.push(...said);
  await world.calm();
  if (!world.isMet) return { fate: "not tried", why: "the fault was not met" };
  const twice = sentTwice(world, before);
  const problem = await processes.next.serve(world, (provider) =>
    recovered({ ...setting, provider }, operation, errors),
  );
  if (twice !== undefined) return { fate: "doubled", why: twice };
  return problem ?? { fate: errors.length === 0 ? "at once" : "next run" };
}

/** What stands in a text and may stand nowhere: passwords, tokens, pre-shared keys. */
export function leaksIn(text: string): string[] {
  return [...new Set(text.match(/gAAAAAB[\w-]{8}|lab-user-pass|canary-\d+-\w+/g) ?? [])];
}

async function inWorld<T>(
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

/** Makes what an operation begins with. */
async function prepared(
  processes: Processes,
  world: World,
  operation: Operation,
  timeout: string,
): Promise<Omit<Run, "provider">> {
  const engine = new ModelEngine();
  const args = await processes.before.serve(world, (provider) =>
    operation.prepare({ world, engine, provider }, timeout),
  );
  return { world, engine, args };
}

/** Requests that may come again, since nobody has done them. */
const UNDONE = [401, 413, 429, 503];

/** The POST that was sent again though the one before may have been done. */
function sentTwice({ sim, place }: World, since: number): string | undefined {
  const path = new RegExp(`${KINDS[place.kind].path}$`);
  const posts = sim.requests
    .slice(since)
    .filter((request) => request.method === "POST" && path.test(request.path));
  const first = posts.slice(0, -1).find(({ status }) => !UNDONE.includes(status));
  return first && `POST was sent again after one that ended in ${first.status || "no answer"}`;
}

/**
 * Runs again without the fault, as the user is told to, until nothing is left to say; then compares
 * state, cloud and program. Undefined where they are one.
 */
async function recovered(
  run: Run,
  operation: Operation,
  errors: string[],
): Promise<Ending | undefined> {
  let { args } = run;
  let said = errors.at(-1);
  // What it said before is no reason for another try.
  for (const heard = new Set<string>(); ;) {
    const advice = said === undefined ? undefined : adviceIn(said);
    if (advice === "without adopt") args = withoutAdopt(run.world, args);
    if (advice === "refresh") await run.engine.refresh(run.provider);
    [said] = await runAgain({ ...run, args }, operation);
    if (said === undefined) break;
    errors.push(said);
    const next = adviceIn(said);
    if (next === undefined || heard.has(next)) {
      return { fate: "lost", why: `the next run fails: ${said}` };
    }
    heard.add(next);
  }
  return compared({ ...run, args }, operation);
}

async function runAgain(run: Run, operation: Operation): Promise<string[]> {
  const { engine, provider, args } = run;
  const errors = await operation.perform(run);
  return operation.name === "read" && errors.length === 0 ? engine.up(provider, args) : errors;
}

/** What messages tell users to do before they run again. */
function adviceIn(message: string): "refresh" | "without adopt" | undefined {
  if (message.includes("Take `adopt` out")) return "without adopt";
  return message.includes("pulumi up --refresh") ? "refresh" : undefined;
}

function withoutAdopt(
  world: World,
  { adopt: _adopt, name: _name, ...rest }: Properties,
): Properties {
  const { timeouts } = rest as { timeouts: { create: string } };
  return world.args(timeouts.create, rest);
}

async function compared(
  { world, engine, provider, args }: Run,
  operation: Operation,
): Promise<Ending | undefined> {
  const objects = await world.objects();
  const ids = objects.map(({ id }) => id).join(", ");
  if (operation.name === "delete") {
    const left = engine.current ?? engine.toDelete[0];
    if (left !== undefined) return { fate: "lost", why: "the state still has it" };
    return objects.length === 0 ? undefined : { fate: "lost", why: `left in the cloud: ${ids}` };
  }
  if (objects.length > 1) return { fate: "doubled", why: `in the cloud: ${ids}` };
  if (objects.length === 0) return { fate: "lost", why: "the cloud has none" };
  if (objects[0]!.id !== engine.current?.id) return { fate: "lost", why: "the state has another" };
  const pending = await engine.pending(provider, args);
  if (pending.length > 0) return { fate: "lost", why: `still to do: ${pending.join("; ")}` };
  // It changes by itself.
  const agrees = await engine.agrees(provider, ["status"]);
  return agrees ? undefined : { fate: "lost", why: "the state is not what the cloud has" };
}
