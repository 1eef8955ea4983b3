import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

import { parse } from "yaml";

import { projectFileIn } from "./projectFolder";

/** The parts of a machine and a stack that decide how quickly a run starts and ends. */
export interface RunConditions {
  /** The folder with Pulumi.yaml. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The version of Node.js, without a "v". */
  readonly node: string;
  /** The number of resources in the state; undefined if it is unknown. */
  readonly resources: number | undefined;
}

/** The first Node.js that keeps compiled code between two processes. */
const KEEPS_CODE = [22, 1] as const;

/** From here on checkpoints take most of the time of an `up` on a quick cloud. */
const MANY_RESOURCES = 300;

/** Variables that make checkpoints cheaper, or that switch them off. */
const CHEAPER_CHECKPOINTS = [
  "PULUMI_DIY_BACKEND_ZSTD",
  "PULUMI_DIY_BACKEND_GZIP",
  "PULUMI_SKIP_CHECKPOINTS",
];

const PAGE = "docs/guides/speed.md";

/**
 * Costs of a run that the stack does not need to pay, each with its remedy: whole sentences. Empty for a folder
 * without a program for Node.js.
 */
export function speedNotes(conditions: RunConditions): string[] {
  const project = projectIn(conditions.folder);
  if (project === undefined) return [];
  return [
    typeCheckNote(project, conditions),
    nodeNote(conditions),
    checkpointsNote(conditions),
  ].filter((note) => note !== undefined);
}

/** The parts of Pulumi.yaml that are used here. */
interface Project {
  /** The folder of the program. */
  readonly program: string;
  readonly options: Readonly<Record<string, unknown>>;
}

function projectIn(folder: string): Project | undefined {
  const file = projectFileIn(folder);
  if (file === undefined) return undefined;
  const { runtime, main } = settingsOf(file);
  const { name, options } = typeof runtime === "string" ? { name: runtime } : (runtime ?? {});
  if (name !== "nodejs") return undefined;
  const entry = join(folder, main ?? "");
  const isFile = statSync(entry, { throwIfNoEntry: false })?.isFile() === true;
  return { program: isFile ? dirname(entry) : entry, options: options ?? {} };
}

interface ProjectSettings {
  readonly runtime?: string | { readonly name?: string; readonly options?: Project["options"] };
  readonly main?: string;
}

/** Empty for a file that is not valid; `pulumi` itself reports that. */
function settingsOf(file: string): ProjectSettings {
  try {
    return (parse(readFileSync(file, "utf8")) as ProjectSettings | null) ?? {};
  } catch {
    return {};
  }
}

/** ts-node checks the types unless an option of TypeScript or a variable of Pulumi's SDK prevents it. */
function typeCheckNote({ program, options }: Project, { env }: RunConditions): string | undefined {
  const { tsconfig } = options;
  const named = typeof tsconfig === "string" ? tsconfig : env["PULUMI_NODEJS_TSCONFIG_PATH"];
  const file = join(program, named ?? "tsconfig.json");
  if (!existsSync(join(program, "index.ts")) || options["typescript"] === false) return undefined;
  if (env["PULUMI_NODEJS_TRANSPILE_ONLY"] === "true") return undefined;
  if (existsSync(file) && /"noCheck"\s*:\s*true/.test(readFileSync(file, "utf8"))) return undefined;
  return `ts-node checks the types of the program in the first run after each change, and in every run of CI. Set PULUMI_NODEJS_TRANSPILE_ONLY=true, or an option of Pulumi.yaml, and run \`tsc --noEmit\` beside it (${PAGE}).`;
}

function nodeNote({ node, env }: RunConditions): string | undefined {
  const [major = 0, minor = 0] = node.split(".").map(Number);
  const [least, leastMinor] = KEEPS_CODE;
  if (major < least || (major === least && minor < leastMinor)) {
    return `Node.js ${node} compiles Pulumi's SDK anew in each process. Node.js 22 and newer keep the compiled code in the folder that NODE_COMPILE_CACHE names (${PAGE}).`;
  }
  if (env["NODE_COMPILE_CACHE"]) return undefined;
  return `Node.js compiles Pulumi's SDK anew in each process. Set NODE_COMPILE_CACHE to a folder of your own, in which it keeps the compiled code (${PAGE}).`;
}

function checkpointsNote({ resources = 0, env }: RunConditions): string | undefined {
  const isCheaper = CHEAPER_CHECKPOINTS.some((name) => env[name]);
  if (resources < MANY_RESOURCES || isCheaper) return undefined;
  return `The state has ${resources} resources. In a folder or a bucket the engine writes all of it at every step. Set PULUMI_DIY_BACKEND_ZSTD=true, which compresses it, or have it written once (${PAGE}).`;
}
