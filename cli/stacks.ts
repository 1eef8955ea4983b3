import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

import type * as Automation from "@pulumi/pulumi/automation";

import type { StackState } from "../provider/drift/stackState";
import { messageOf } from "../provider/errors";
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

/**
 * Reads the state and the configuration of stacks, through Pulumi's Automation API; changes nothing,
 * nor which stack is selected. Secrets that cannot be decrypted are left out, with a note.
 * @throws Error of one line, without secrets, for all else that cannot be read
 */
export async function readStacks(choice: StackChoice): Promise<StackState[]> {
  const project = await openProject(choice.cwd);
  const states: StackState[] = [];
  for (const name of await namesOf(project, choice)) {
    const [exported, { config, notes }] = await Promise.all([
      stateOf(project, name),
      configurationOf(project, name),
    ]);
    const state = stackStateOf({ name, project: project.name, config }, exported);
    states.push({ ...state, notes: [...notes, ...state.notes] });
  }
  return states;
}

/** The `vpnaas:*` of a stack. */
export interface StackConfiguration {
  /** A value by its name after `vpnaas:`. */
  readonly config: StackState["config"];
  /** On what could not be decrypted and is left out: whole sentences. */
  readonly notes: readonly string[];
}

/**
 * Reads the configuration of one stack alone.
 * @throws Error of one line, without secrets
 */
export async function readConfiguration(stack: string, cwd: string): Promise<StackConfiguration> {
  const project = await openProject(cwd).catch((error: unknown) => {
    throw new Error(`The configuration of the stack ${stack} cannot be read: ${messageOf(error)}`);
  });
  return configurationOf(project, stack);
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

/** The engine looks upwards, too. */
function projectFolder(cwd: string): string {
  const start = resolve(cwd);
  for (let folder = start; ; folder = dirname(folder)) {
    if (PROJECT_FILES.some((file) => existsSync(join(folder, file)))) return folder;
    if (folder === dirname(folder)) {
      throw new Error(`there is no Pulumi.yaml in ${start} or above it: --cwd names the program`);
    }
  }
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

async function namesOf(project: Project, { stacks, all }: StackChoice): Promise<string[]> {
  if (stacks.length > 0) return [...new Set(stacks)];
  const known = await project.workspace.listStacks().catch((error: unknown) => {
    throw new Error(`The stacks of ${project.name} cannot be listed: ${reasonOf(error)}`);
  });
  const names = known.filter(({ current }) => all || current).map(({ name }) => name);
  if (names.length > 0) return names;
  throw new Error(
    known.length === 0
      ? `The project ${project.name} has no stack.`
      : `No stack of ${project.name} is selected: name one with --stack, or take --all-stacks. It has ${known.map(({ name }) => name).join(", ")}.`,
  );
}

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
  const known = await project.workspace.listStacks().catch(() => []);
  const has = known.length === 0 ? "no stack" : known.map(({ name }) => name).join(", ");
  throw new Error(`There is no stack ${stack} in the project ${project.name}: it has ${has}.`);
}

/**
 * Why a command failed, in its own words. Nothing else of the error is shown: it may hold what the
 * command printed, and what a JSON parser complains of is quoted from there.
 */
function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) return "the answer of `pulumi` is no JSON";
  const text = messageOf(error);
  const [, said = text.split("\n")[0]!] =
    /^ *(?:stderr: *)?error: (.+)$/m.exec(text) ?? /^ *stderr: *(.+)$/m.exec(text) ?? [];
  return said.replace(/\/\/[^\s/@]*@/g, "//(hidden)@");
}
