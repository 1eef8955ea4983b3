import type { StackState } from "../../provider/drift/stackState";
import { messageOf } from "../../provider/errors";
import { reasonOf } from "./commandError";
import {
  backendOf,
  namesOf,
  openProject,
  refuseUnknown,
  type Project,
  type StackChoice,
} from "./project";
import { lockedSince } from "./stackLock";
import { ACCESS, stackStateOf } from "./stackState";

/** The states of the chosen stacks. */
export interface ReadStacks {
  /** Each stack once, by the first of its names. */
  readonly states: readonly StackState[];
  /** Why other stacks could not be read: whole sentences, without secrets. */
  readonly problems: readonly string[];
}

/**
 * Reads the state and the configuration of stacks by commands of `pulumi`. Changes nothing;
 * the selected stack stays selected. Secrets that cannot be decrypted are left out, with a note. If one
 * of several stacks cannot be read, that is a problem in the result.
 * @throws Error of one line, without secrets, for every other failure
 */
export async function readStacks(choice: StackChoice): Promise<ReadStacks> {
  const project = openProject(choice.cwd);
  const names = await namesOf(project, choice);
  const states: StackState[] = [];
  const problems: string[] = [];
  for (const name of names) {
    try {
      const state = await readStack(project, name);
      if (!states.some((other) => isSame(state, other))) states.push(state);
    } catch (error) {
      if (names.length === 1) throw error;
      problems.push(messageOf(error));
    }
  }
  return { states, problems };
}

/**
 * {@link readStacks} for one stack of the project in this folder; by default the selected one.
 * @throws Error of one line, without secrets
 */
export async function readOneStack(name: string | undefined): Promise<StackState> {
  const stacks = name === undefined ? [] : [name];
  const { states } = await readStacks({ stacks, all: false, cwd: "." });
  return states[0]!;
}

async function readStack(project: Project, name: string): Promise<StackState> {
  const [exported, { config, openstack, notes }, backend] = await Promise.all([
    stateOf(project, name),
    configurationOf(project, name),
    backendOf(project),
  ]);
  const since = lockedSince(backend, project.name, name);
  const state = stackStateOf({ name, project: project.name, config, openstack }, exported, since);
  return { ...state, notes: [...notes, ...state.notes] };
}

/**
 * Whether the states of two names, such as `dev` and `organization/project/dev`, are of one stack:
 * they share an object. The names alone do not show it, since another organization may have a `dev`.
 */
function isSame(one: StackState, other: StackState): boolean {
  if (one.name.split("/").at(-1) !== other.name.split("/").at(-1)) return false;
  const own = new Set(one.resources.map(({ id }) => id));
  return own.size === 0
    ? other.resources.length === 0
    : other.resources.some(({ id }) => own.has(id));
}

/** The `vpnaas:*` of a stack. */
export interface StackConfiguration {
  /** A value by its name after `vpnaas:`. */
  readonly config: StackState["config"];
  /** A value by its name after `openstack:`. */
  readonly openstack: StackState["openstack"];
  /** The names of all keys of the stack, with their namespaces. */
  readonly keys: readonly string[];
  /** Names the secrets that could not be decrypted: whole sentences. */
  readonly notes: readonly string[];
}

/** A stack whose configuration was read. */
export interface SelectedStack {
  readonly stack: string;
  readonly project: string;
  /** The number of resources in its state; undefined if unknown. */
  readonly resources: number | undefined;
}

/**
 * Reads only the configuration of one stack: the selected stack if there is no name.
 * @throws Error of one line, without secrets
 */
export async function readConfiguration(
  stack: string | undefined,
  cwd: string,
): Promise<StackConfiguration & SelectedStack> {
  const whose = stack === undefined ? "the selected stack" : `the stack ${stack}`;
  const project = openProjectOf(whose, cwd);
  const choice = { stacks: stack === undefined ? [] : [stack], all: false, cwd };
  const [name] = (await namesOf(project, choice)) as [string];
  const [configuration, resources] = await Promise.all([
    configurationOf(project, name),
    sizeOf(project, name),
  ]);
  return { stack: name, project: project.name, resources, ...configuration };
}

function openProjectOf(whose: string, cwd: string): Project {
  try {
    return openProject(cwd);
  } catch (error) {
    throw new Error(`The configuration of ${whose} cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/** The number of resources in the state of a stack; undefined if the backend does not list it. */
async function sizeOf({ listStacks }: Project, stack: string): Promise<number | undefined> {
  const all = await listStacks().catch(() => []);
  return all.find(({ name }) => name === stack)?.resourceCount;
}

function stateOf(project: Project, stack: string): Promise<unknown> {
  return read(project, stack, "state", ["stack", "export"]);
}

async function configurationOf(project: Project, stack: string): Promise<StackConfiguration> {
  const values = (await read(project, stack, "configuration", ["config", "--json"])) as Readonly<
    Record<string, { readonly value?: string }>
  >;
  const locked = Object.keys(values).filter(
    (key) => key.startsWith("vpnaas:") && values[key]?.value === undefined,
  );
  const note = `Secrets of the stack ${stack} could not be decrypted and are left out (${locked.join(", ")}): ${ACCESS}`;
  return {
    config: (name) => values[`vpnaas:${name}`]?.value,
    openstack: (name) => values[`openstack:${name}`]?.value,
    keys: Object.keys(values),
    notes: locked.length === 0 ? [] : [note],
  };
}

/** Reads a part of a stack by the command that prints it, with its secrets decrypted if possible. */
async function read(
  project: Project,
  stack: string,
  title: string,
  command: readonly string[],
): Promise<unknown> {
  const encrypted = [...command, "--stack", stack];
  try {
    return await project.run([...encrypted, "--show-secrets"]);
  } catch (error) {
    await refuseUnknown(project, stack, error);
  }
  try {
    return await project.run(encrypted);
  } catch (error) {
    throw new Error(`The ${title} of the stack ${stack} cannot be read: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}
