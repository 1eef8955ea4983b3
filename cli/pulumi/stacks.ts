import { execFile } from "node:child_process";
import { promisify } from "node:util";

import type * as Automation from "@pulumi/pulumi/automation";

import type { StackState } from "../../provider/drift/stackState";
import { messageOf } from "../../provider/errors";
import { projectFolder } from "./projectFolder";
import { lockedSince } from "./stackLock";
import { ACCESS, stackStateOf } from "./stackState";

/** A selection of stacks of a project. */
export interface StackChoice {
  /** Names; empty for the stack that is selected. */
  readonly stacks: readonly string[];
  /** Every stack of the project. */
  readonly all: boolean;
  /** The folder of the Pulumi program, or a folder in it. */
  readonly cwd: string;
}

/** The states of the chosen stacks. */
export interface ReadStacks {
  /** Each stack once, by the first of its names. */
  readonly states: readonly StackState[];
  /** Why other stacks could not be read: whole sentences, without secrets. */
  readonly problems: readonly string[];
}

/**
 * Reads the state and the configuration of stacks through Pulumi's Automation API. Changes nothing;
 * the selected stack stays selected. Secrets that cannot be decrypted are left out, with a note. If one
 * of several stacks cannot be read, that is a problem in the result.
 * @throws Error of one line, without secrets, for every other failure
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

/** The URL of the backend; undefined if it is unknown, which does not prevent other reads. */
async function backendOf({ workspace }: Project): Promise<string | undefined> {
  return (await workspace.whoAmI().catch(() => undefined))?.url;
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
  /** Names the secrets that could not be decrypted: whole sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads only the configuration of one stack: the selected stack if there is no name.
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
  // Loaded on demand, because commands that read no stack work without it.
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
      `The stacks of ${project.name} cannot be listed: ${reason}${PARSE_ERROR.test(reason) ? ONE_IS_BROKEN : ""}`,
    );
  });
  const names = known.filter(({ current }) => all || current).map(({ name }) => name);
  if (names.length > 0) return names;
  throw new Error(
    known.length === 0
      ? `The project ${project.name} has no stack.`
      : `No stack of ${project.name} is selected: name one with --stack, or use --all-stacks. Its stacks: ${known.map(({ name }) => name).join(", ")}.`,
  );
}

/** The engine's error for a state that it cannot parse. */
const PARSE_ERROR = /invalid character|unexpected (?:end|EOF)/;

const ONE_IS_BROKEN =
  ". The state of one of them is broken: name the others with --stack, which does not list stacks.";

function stateOf(project: Project, stack: string): Promise<unknown> {
  const { workspace } = project;
  return read(project, stack, {
    title: "state",
    decrypted: () => workspace.exportStack(stack),
    encrypted: ["stack", "export"],
  });
}

async function configurationOf(project: Project, stack: string): Promise<StackConfiguration> {
  const { workspace } = project;
  const values = await read<Readonly<Record<string, { readonly value?: string }>>>(project, stack, {
    title: "configuration",
    decrypted: () => workspace.getAllConfig(stack),
    encrypted: ["config", "--json"],
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

/** The state or the configuration of a stack. */
interface Part<T> {
  readonly title: string;
  /** Reads it with its secrets decrypted. */
  readonly decrypted: () => Promise<T>;
  /** The command that prints it with its secrets encrypted; the API cannot. */
  readonly encrypted: readonly string[];
}

/** Reads a part, with its secrets decrypted if possible. */
async function read<T>(project: Project, stack: string, part: Part<T>): Promise<T> {
  try {
    return await part.decrypted();
  } catch (error) {
    await refuseUnknown(project, stack, error);
  }
  try {
    const { pulumiCommand, workDir: cwd } = project.workspace;
    const { stdout } = await promisify(execFile)(
      pulumiCommand.command,
      [...part.encrypted, "--stack", stack, "--non-interactive"],
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
 * The reason for the failure of a command, as the command states it. No other part of the error is
 * shown, because it may quote the output of the command, as the error of a JSON parser does.
 */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return "`pulumi` did not print valid JSON";
  const text = messageOf(error);
  const [, reason = text.split("\n")[0]!] =
    /^ *(?:stderr: *)?error: (.+)$/m.exec(text) ?? /^ *stderr: *(.+)$/m.exec(text) ?? [];
  return reason.replace(/\/\/[^\s/@]*@/g, "//(hidden)@");
}
