import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

import type { Document } from "yaml";

import { ConfigurationError } from "../errors";
import { isReadableByOthers, OTHERS_MAY_READ } from "./filePermissions";
import { SPELLINGS } from "./settingNames";

type Env = Readonly<Record<string, string | undefined>>;

/** A text of a cloud's entry, and where it stands: file and key. */
export interface CloudValue {
  readonly value: string;
  readonly source: string;
}

/** One entry below `clouds`, with its profile and secure.yaml merged in. */
export interface Cloud {
  readonly name: string;
  /** The clouds.yaml that it was read from. */
  readonly file: string;
  /** The text at a key such as `auth.password` or `regions.0`; undefined where there is none. */
  readonly at: (key: string) => CloudValue | undefined;
  /** Whether anything stands below `auth`. */
  readonly hasAuth: boolean;
  /** What the user should know of the files, as whole lines. */
  readonly warnings: readonly string[];
}

/** Which cloud is wanted, and what for: `vpnaas:cloud`, `OS_CLOUD` or a resource's own input. */
export interface CloudChoice {
  readonly name: string;
  readonly source: string;
}

/** Loaded with the first file that is there: most logins come from elsewhere. */
const yaml = () => require("yaml") as typeof import("yaml");

interface File {
  readonly path: string;
  readonly content: Branch;
}

type Branch = Readonly<Record<string, unknown>>;

/**
 * Reads one cloud: from the file of OS_CLIENT_CONFIG_FILE alone if that is set, else from the first
 * clouds.yaml (or .yml) of the working folder, `openstack/` in the user's configuration, and
 * /etc/openstack. What stands in secure.yaml beside it comes first, what stands in the entry's
 * profile of clouds-public.yaml last.
 * @throws ConfigurationError that names file and key, and never a value.
 */
export function readCloud(choice: CloudChoice, env: Env): Cloud {
  const clouds = findClouds(choice, env);
  const beside = dirname(clouds.path);
  const secure = first([beside], "secure");
  const entry = new Map([
    ...leavesOf(clouds, "clouds", choice.name),
    ...leavesOf(secure, "clouds", choice.name),
  ]);
  const known = [clouds, secure].flatMap((file) => Object.keys(branch(file?.content["clouds"])));
  if (!known.includes(choice.name)) {
    throw new ConfigurationError(
      `There is no cloud ${choice.name} (${choice.source}) in ${clouds.path}. It has: ${list(known)}.`,
    );
  }
  const profile = entry.get("profile") ?? entry.get("cloud");
  const folders = [...new Set([beside, ...foldersOf(env)])];
  const vendors = profile && first(folders, "clouds-public");
  const merged = new Map([...(profile ? profileOf(profile, vendors, folders) : []), ...entry]);
  return {
    name: choice.name,
    file: clouds.path,
    at: (key) => merged.get(key),
    hasAuth: [...merged.keys()].some((key) => key.startsWith("auth.")),
    warnings: [clouds, secure, vendors].flatMap((file) => (file ? warningsOf(file) : [])),
  };
}

function findClouds(choice: CloudChoice, env: Env): File {
  const only = env["OS_CLIENT_CONFIG_FILE"];
  if (only) {
    const file = read(resolve(only));
    if (file) return file;
    throw new ConfigurationError(`The file of OS_CLIENT_CONFIG_FILE is not there: ${only}`);
  }
  const folders = foldersOf(env);
  const file = first(folders, "clouds");
  if (file) return file;
  throw new ConfigurationError(
    `There is no clouds.yaml to read the cloud ${choice.name} (${choice.source}) from. ` +
      `Looked for clouds.yaml and clouds.yml in ${folders.join(", ")}; OS_CLIENT_CONFIG_FILE names any other file.`,
  );
}

function foldersOf(env: Env): string[] {
  const home = env["HOME"] || homedir();
  const own =
    env["XDG_CONFIG_HOME"] ||
    (process.platform === "win32" && env["APPDATA"]) ||
    join(home, ".config");
  return [process.cwd(), join(own, "openstack"), "/etc/openstack"];
}

function first(folders: readonly string[], name: string): File | undefined {
  for (const folder of folders) {
    const file = read(join(folder, `${name}.yaml`)) ?? read(join(folder, `${name}.yml`));
    if (file) return file;
  }
  return undefined;
}

function profileOf(
  profile: CloudValue,
  vendors: File | undefined,
  folders: readonly string[],
): Leaves {
  const known = Object.keys(branch(vendors?.content["public-clouds"]));
  if (vendors && known.includes(profile.value)) {
    return leavesOf(vendors, "public-clouds", profile.value);
  }
  throw new ConfigurationError(
    `The profile of ${profile.source} is not known: ` +
      (vendors
        ? `${vendors.path} has ${list(known)}.`
        : `there is no clouds-public.yaml in ${folders.join(", ")}.`),
  );
}

type Leaves = readonly (readonly [string, CloudValue])[];

/** Every text of an entry by its key below the entry. */
function leavesOf(file: File | undefined, section: string, name: string): Leaves {
  if (!file) return [];
  const walk = (node: unknown, path: readonly string[]): Leaves =>
    typeof node === "string"
      ? [
          [
            path.join("."),
            {
              value: node,
              source: `${basename(file.path)} at ${file.path}, ${[section, name, ...path].join(".")}`,
            },
          ],
        ]
      : Object.entries(branch(node)).flatMap(([key, part]) => walk(part, [...path, key]));
  return walk(branch(file.content[section])[name], []).filter(([, { value }]) => value !== "");
}

/** undefined where there is no such file. */
function read(path: string): File | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new ConfigurationError(`${path} cannot be read (${code ?? "no reason given"}).`);
  }
  return { path, content: parse(path, text) };
}

/** Scalars stay as they are written: a password 0123 is no number, and `no` is no boolean. */
function parse(path: string, text: string): Branch {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe",
    customTags: ["null"],
    merge: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  const wrong = document.errors[0]?.pos[0] ?? unresolvedAlias(document);
  if (wrong !== undefined) throw notYaml(path, `line ${lines.linePos(wrong).line}`);
  try {
    return branch(document.toJS());
  } catch {
    throw notYaml(path, "an alias or a merge key");
  }
}

function unresolvedAlias(document: Document): number | undefined {
  let at: number | undefined;
  yaml().visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) === undefined) at ??= alias.range?.[0];
    },
  });
  return at;
}

/** The parser's own words quote the text, which may be a password. */
function notYaml(path: string, where: string): ConfigurationError {
  return new ConfigurationError(
    `${path} is not valid YAML: see ${where}. A value with a special sign (such as * & ! % @ : #) has to stand in quotes.`,
  );
}

function warningsOf({ path, content }: File): string[] {
  return holdsSecret(content) && isReadableByOthers(path)
    ? [`warning: ${path} holds a secret, ${OTHERS_MAY_READ}`]
    : [];
}

const SECRETS = new Set(
  Object.values(SPELLINGS)
    .filter(({ secret }) => secret)
    .flatMap(({ cloud }) => cloud.map((key) => key.split(".").at(-1))),
);

function holdsSecret(node: unknown): boolean {
  return Object.entries(branch(node)).some(
    ([key, part]) => (SECRETS.has(key) && typeof part === "string") || holdsSecret(part),
  );
}

function branch(node: unknown): Branch {
  return typeof node === "object" && node !== null ? (node as Branch) : {};
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : [...new Set(names)].join(", ");
}
