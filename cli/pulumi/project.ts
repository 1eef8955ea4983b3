import type * as Automation from "@pulumi/pulumi/automation";

import { messageOf } from "../../provider/errors";
import { reasonOf } from "./commandError";
import { projectFolder } from "./projectFolder";

/** A selection of stacks of a project. */
export interface StackChoice {
  /** Names; empty for the stack that is selected. */
  readonly stacks: readonly string[];
  /** Every stack of the project. */
  readonly all: boolean;
  /** The folder of the Pulumi program, or a folder in it. */
  readonly cwd: string;
}

/** A Pulumi project, opened by the Automation API. */
export interface Project {
  readonly automation: typeof Automation;
  readonly workspace: Automation.LocalWorkspace;
  readonly name: string;
  /** The stacks of the project, listed once. */
  readonly listStacks: () => Promise<readonly Automation.StackSummary[]>;
}

/**
 * Opens the project that contains a folder.
 * @throws Error of one line if `pulumi` or the project is missing or unreadable
 */
export async function openProject(cwd: string): Promise<Project> {
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
  let stacks: Promise<readonly Automation.StackSummary[]> | undefined;
  return { automation, workspace, name, listStacks: () => (stacks ??= workspace.listStacks()) };
}

/**
 * The names of the chosen stacks, each once.
 * @throws Error of one line if the stacks cannot be listed, or none is chosen
 */
export async function namesOf(project: Project, { stacks, all }: StackChoice): Promise<string[]> {
  if (stacks.length > 0) return [...new Set(stacks)];
  const known = await project.listStacks().catch((error: unknown) => {
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

/** The URL of the backend; undefined if it is unknown, which does not prevent other reads. */
export async function backendOf({ workspace }: Project): Promise<string | undefined> {
  return (await workspace.whoAmI().catch(() => undefined))?.url;
}

/**
 * Handles the error of a command on a stack.
 * @throws Error that names the stacks of the project if the stack does not exist
 */
export async function refuseUnknown(
  project: Project,
  stack: string,
  error: unknown,
): Promise<void> {
  if (!(error instanceof project.automation.StackNotFoundError)) return;
  const known = await project.listStacks().catch(() => undefined);
  const names = known?.map(({ name }) => name).join(", ");
  const has = names === undefined ? "" : `: it has ${names || "no stack"}`;
  throw new Error(`There is no stack ${stack} in the project ${project.name}${has}.`);
}
