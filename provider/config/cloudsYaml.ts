import { homedir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

import { ConfigurationError } from "../errors";
import { isReadableByOthers, OTHERS_MAY_READ } from "./filePermissions";
import type { Notice } from "../log";
import { SPELLINGS } from "./settingNames";
import { mapOf, findYamlFile, readYamlFile, type YamlFile } from "./yamlFile";

type Env = Readonly<Record<string, string | undefined>>;

/** A string of a cloud's entry with its source: file and key. */
export interface CloudValue {
  readonly value: string;
  readonly source: string;
}

/** An entry of `clouds`, merged with its profile and secure.yaml. */
export interface Cloud {
  readonly name: string;
  /** The path of its clouds.yaml. */
  readonly file: string;
  /** The string at a key such as `auth.password` or `regions.0`; undefined if there is none. */
  readonly at: (key: string) => CloudValue | undefined;
  /** Whether the entry has any key below `auth`. */
  readonly hasAuth: boolean;
  /** Warnings about the files, as whole lines. */
  readonly warnings: readonly Notice[];
}

/**
 * The name of the requested cloud and its source: `vpnaas:cloud`, `OS_CLOUD` or a resource's own
 * input.
 */
export interface CloudChoice {
  readonly name: string;
  readonly source: string;
}

/**
 * Reads one cloud: only from the file of OS_CLIENT_CONFIG_FILE if that is set, otherwise from the
 * first clouds.yaml (or .yml) of the working folder, `openstack/` in the user's configuration, and
 * /etc/openstack. Values of a secure.yaml in the same folder take precedence; values of the entry's
 * profile in clouds-public.yaml come last.
 * @throws ConfigurationError that names file and key, and never a value.
 */
export function readCloud(choice: CloudChoice, env: Env): Cloud {
  const clouds = findClouds(choice, env);
  const folder = dirname(clouds.path);
  const secure = findYamlFile([folder], "secure");
  const entry = new Map([
    ...leavesOf(clouds, "clouds", choice.name),
    ...leavesOf(secure, "clouds", choice.name),
  ]);
  const names = [clouds, secure].flatMap((file) => Object.keys(mapOf(file?.content["clouds"])));
  if (!names.includes(choice.name)) {
    throw new ConfigurationError(
      `There is no cloud ${choice.name} (${choice.source}) in ${clouds.path}. It has: ${list(names)}.`,
    );
  }
  const profile = entry.get("profile") ?? entry.get("cloud");
  const folders = [...new Set([folder, ...foldersOf(env)])];
  const vendors = profile && findYamlFile(folders, "clouds-public");
  const merged = new Map([...(profile ? profileOf(profile, vendors, folders) : []), ...entry]);
  return {
    name: choice.name,
    file: clouds.path,
    at: (key) => merged.get(key),
    hasAuth: [...merged.keys()].some((key) => key.startsWith("auth.")),
    warnings: [clouds, secure, vendors].flatMap((file) => (file ? warningsOf(file) : [])),
  };
}

function findClouds(choice: CloudChoice, env: Env): YamlFile {
  const configuredPath = env["OS_CLIENT_CONFIG_FILE"];
  if (configuredPath) {
    const file = readYamlFile(resolve(configuredPath));
    if (file) return file;
    throw new ConfigurationError(
      `The file of OS_CLIENT_CONFIG_FILE does not exist: ${configuredPath}`,
    );
  }
  const folders = foldersOf(env);
  const file = findYamlFile(folders, "clouds");
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

function profileOf(
  profile: CloudValue,
  vendors: YamlFile | undefined,
  folders: readonly string[],
): Leaves {
  const names = Object.keys(mapOf(vendors?.content["public-clouds"]));
  if (vendors && names.includes(profile.value)) {
    return leavesOf(vendors, "public-clouds", profile.value);
  }
  throw new ConfigurationError(
    `The profile of ${profile.source} is not known: ` +
      (vendors
        ? `${vendors.path} has ${list(names)}.`
        : `there is no clouds-public.yaml in ${folders.join(", ")}.`),
  );
}

type Leaves = readonly (readonly [string, CloudValue])[];

/** All strings of an entry by their key below the entry. */
function leavesOf(file: YamlFile | undefined, section: string, name: string): Leaves {
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
      : Object.entries(mapOf(node)).flatMap(([key, part]) => walk(part, [...path, key]));
  return walk(mapOf(file.content[section])[name], []).filter(([, { value }]) => value !== "");
}

function warningsOf({ path, content }: YamlFile): Notice[] {
  return holdsSecret(content) && isReadableByOthers(path)
    ? [{ key: `secret in ${path}`, line: `warning: ${path} holds a secret, ${OTHERS_MAY_READ}` }]
    : [];
}

const SECRETS = new Set(
  Object.values(SPELLINGS)
    .filter(({ secret }) => secret)
    .flatMap(({ cloud }) => cloud.map((key) => key.split(".").at(-1))),
);

function holdsSecret(node: unknown): boolean {
  return Object.entries(mapOf(node)).some(
    ([key, part]) => (SECRETS.has(key) && typeof part === "string") || holdsSecret(part),
  );
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : [...new Set(names)].join(", ");
}
