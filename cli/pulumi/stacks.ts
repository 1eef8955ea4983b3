import { execFile } from "node:child_process";
import { promisify } from "node:util";

import type * as Automation from "@pulumi/pulumi/automation";

import type { StackState } from "../../provider/drift/stackState";
import { messageOf } from "../../provider/errors";
import { projectFolder } from "./projectFolder";
import { lockedSince } from "./stackLock";
import { ACCESS, stackStateOf } from "./stackState";

/** Which stacks of a project. */
export interface StackChoice {
  /** By name; none of them means the one that is selected. */
  readonly stacks: readonly string[];
  /** Every stack of the project. */
  readonly all: boolean;
  /** Folder of the Pulumi program, or one below it. */
  readonly cwd: string;
}

/** What was read of the stacks chosen. */
export interface ReadStacks {
  /** Each stack once, by the first of its names. */
  readonly states: readonly StackState[];
  /** Why others could not be read: whole sentences, without secrets. */
  readonly problems: readonly string[];
}

/**
 * Reads the state and the configuration of stacks, through Pulumi's Automation API; changes nothing,
 * nor which stack is selected. Secrets that cannot be decrypted are left out, with a note. One of
 * several stacks that cannot be read is a problem, and the others are read.
 * @throws Error of one line, without secrets, for all else that cannot be read
 */
export async function readStacks(choice: StackChoice): Promise<ReadStacks> {
  const project = await openProject(choice.cwd);
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

async function readStack(project: Project, name: string): Promise<StackState> {
  const [exported, { config, notes }, backend] = await Promise.all([
    stateOf(project, name),
    configurationOf(project, name),
    backendOf(project),
  ]);
  const since = lockedSince(backend, project.name, name);
  const state = stackStateOf({ name, project: project.name, config }, exported, since);
  return { ...state, notes: [...notes, ...state.notes] };
}

/** The URL of the backend; undefined where it cannot be told, which is no reason to tell nothing else. */
async function backendOf({ workspace }: Project): Promise<string | undefined> {
  return (await workspace.whoAmI().catch(() => undefined))?.url;
}

/** Whether `dev` and `organization/project/dev` are one stack: another organization may have a `dev`, too. */
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
  /** On what could not be decrypted and is left out: whole sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads the configuration of one stack alone; without a name that of the stack that is selected.
 * @throws Error of one line, without secrets
 */
export async function readConfiguration(
  stack: string | undefined,
  cwd: string,
): Promise<StackConfiguration & { readonly stack: string }> {
  const whose = stack === undefined ? "the selected stack" : `the stack ${stack}`;
  const project = await openProject(cwd).catch((error: unknown) => {
    throw new Error(`The configuration of ${whose} cannot be read: ${messageOf(error)}`);
  });
  const choice = { stacks: stack === undefined ? [] : [stack], all: false, cwd };
  const [name] = (await namesOf(project, choice)) as [string];
  return { stack: name, ...(await configurationOf(project, name)) };
}

interface Project {
  readonly automation: typeof Automation;
  readonly workspace: Automation.LocalWorkspace;
  readonly name: string;
}

async function openProject(cwd: string): Promise<Project> {
  // Loaded late: commands that read no stack work without it.
  const automation = await import("@pulumi/pulumi/automation/index.js");
  const pulumiCommand = await automation.PulumiCommand.get().catch((error: unknown) => {
    const isMissing = messageOf(error).includes("ENOENT");
    throw new Error(isMissing ? "there is no `pulumi` on the PATH" : reasonOf(error));
  });
  const workDir = projectFolder(cwd);
  const workspace = await automation.LocalWorkspace.create({ workDir, pulumiCommand });
  const { name } = await workspace.projectSettings().catch((error: unknown) => {
    throw new Error(`the project file in ${workDir} cannot be read: ${reasonOf(error)}`);
  });
  return { automation, workspace, name };
}

async function namesOf(project: Project, { stacks, all }: StackChoice): Promise<string[]> {
  if (stacks.length > 0) return [...new Set(stacks)];
  const known = await project.workspace.listStacks().catch((error: unknown) => {
    const reason = reasonOf(error);
    throw new Error(
      `The stacks of ${project.name} cannot be listed: ${reason}${NO_JSON.test(reason) ? ONE_IS_BROKEN : ""}`,
    );
  });
  const names = known.filter(({ current }) => all || current).map(({ name }) => name);
  if (names.length > 0) return names;
  throw new Error(
    known.length === 0
      ? `The project ${project.name} has no stack.`
      : `No stack of ${project.name} is selected: name one with --stack, or take --all-stacks. It has ${known.map(({ name }) => name).join(", ")}.`,
  );
}

/** How the engine complains of a state that it cannot parse. */
const NO_JSON = /invalid character|unexpected (?:end|EOF)/;

const ONE_IS_BROKEN =
  ". The state of one of them is broken: name the others with --stack, which needs no list.";

function stateOf(project: Project, stack: string): Promise<unknown> {
  const { workspace } = project;
  return read(project, stack, {
    title: "state",
    open: () => workspace.exportStack(stack),
    closed: ["stack", "export"],
  });
}

async function configurationOf(project: Project, stack: string): Promise<StackConfiguration> {
  const { workspace } = project;
  const values = await read<Readonly<Record<string, { readonly value?: string }>>>(project, stack, {
    title: "configuration",
    open: () => workspace.getAllConfig(stack),
    closed: ["config", "--json"],
  });
  const locked = Object.keys(values).filter(
    (key) => key.startsWith("vpnaas:") && values[key]?.value === undefined,
  );
  const note = `Secrets of the stack ${stack} could not be decrypted and are left out (${locked.join(", ")}): ${ACCESS}`;
  return {
    config: (name) => values[`vpnaas:${name}`]?.value,
    notes: locked.length === 0 ? [] : [note],
  };
}

/** One of the two things that a stack consists of. */
interface Part<T> {
  readonly title: string;
  /** Reads it with its secrets. */
  readonly open: () => Promise<T>;
  /** The command that prints it without them, which the API does not have. */
  readonly closed: readonly string[];
}

/** With its secrets if they can be decrypted, else without. */
async function read<T>(project: Project, stack: string, part: Part<T>): Promise<T> {
  try {
    return await part.open();
  } catch (error) {
    await refuseUnknown(project, stack, error);
  }
  try {
    const { pulumiCommand, workDir: cwd } = project.workspace;
    const { stdout } = await promisify(execFile)(
      pulumiCommand.command,
      [...part.closed, "--stack", stack, "--non-interactive"],
      { cwd, maxBuffer: 1_000_000_000 },
    );
    return JSON.parse(stdout) as T;
  } catch (error) {
    throw new Error(`The ${part.title} of the stack ${stack} cannot be read: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

async function refuseUnknown(project: Project, stack: string, error: unknown): Promise<void> {
  if (!(error instanceof project.automation.StackNotFoundError)) return;
  const known = await project.workspace.listStacks().catch(() => undefined);
  const names = known?.map(({ name }) => name).join(", ");
  const has = names === undefined ? "" : `: it has ${names || "no stack"}`;
  throw new Error(`There is no stack ${stack} in the project ${project.name}${has}.`);
}

/**
 * Why a command failed, in its own words. Nothing else of the error is shown: it may hold what the
 * command printed, and what a JSON parser complains of is quoted from there.
 */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return "`pulumi` did not print valid JSON";
  const text = messageOf(error);
  const [, said = text.split("\n")[0]!] =
    /^ *(?:stderr: *)?error: (.+)$/m.exec(text) ?? /^ *stderr: *(.+)$/m.exec(text) ?? [];
  return said.replace(/\/\/[^\s/@]*@/g, "//(hidden)@");
}
