import { readFileSync } from "node:fs";

import { parse } from "yaml";

import { messageOf } from "../../provider/errors";
import { pulumiJson } from "./command";
import { reasonOf } from "./commandError";
import { projectFileIn, projectFolder } from "./projectFolder";

/** A selection of stacks of a project. */
export interface StackChoice {
  /** Names; empty for the stack that is selected. */
  readonly stacks: readonly string[];
  /** Every stack of the project. */
  readonly all: boolean;
  /** The folder of the Pulumi program, or a folder in it. */
  readonly cwd: string;
}

/** A stack as `pulumi stack ls` lists it. */
interface ListedStack {
  readonly name: string;
  readonly current: boolean;
  readonly resourceCount?: number;
}

/** A Pulumi project. */
export interface Project {
  readonly name: string;
  /** The output of a command in the folder of the project: see {@link pulumiJson}. */
  readonly run: (args: readonly string[]) => Promise<unknown>;
  /** The stacks of the project, listed once. */
  readonly listStacks: () => Promise<readonly ListedStack[]>;
}

/**
 * Opens the project that contains a folder.
 * @throws Error of one line if the project is missing or unreadable
 */
export function openProject(cwd: string): Project {
  const folder = projectFolder(cwd);
  const run = (args: readonly string[]) => pulumiJson(args, folder);
  let stacks: Promise<readonly ListedStack[]> | undefined;
  return {
    name: nameIn(folder),
    run,
    listStacks: () =>
      (stacks ??= run(["stack", "ls", "--json"]) as Promise<readonly ListedStack[]>),
  };
}

function nameIn(folder: string): string {
  try {
    const file = readFileSync(projectFileIn(folder)!, "utf8");
    return (parse(file) as { readonly name: string }).name;
  } catch (error) {
    throw new Error(`the project file in ${folder} cannot be read: ${reasonOf(error)}`, {
      cause: error,
    });
  }
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
export async function backendOf({ run }: Project): Promise<string | undefined> {
  const user = await run(["whoami", "--json"]).catch(() => undefined);
  return (user as { readonly url?: string } | undefined)?.url;
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
  if (!/no stack named.*found/.test(messageOf(error))) return;
  const known = await project.listStacks().catch(() => undefined);
  const names = known?.map(({ name }) => name).join(", ");
  const has = names === undefined ? "" : `: it has ${names || "no stack"}`;
  throw new Error(`There is no stack ${stack} in the project ${project.name}${has}.`);
}
