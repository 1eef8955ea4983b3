import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Document } from "yaml";

import { ConfigurationError } from "../errors";

/** Loaded with the first existing file: most logins come from other sources. */
const yaml = () => require("yaml") as typeof import("yaml");

/** A file with its content: maps, lists, strings and nulls. */
export interface YamlFile {
  readonly path: string;
  readonly content: YamlMap;
}

/** A map of a file, or the keys of a list. */
export type YamlMap = Readonly<Record<string, unknown>>;

/** The first existing file of that name, with the extension yaml or yml, in the order of the folders. */
export function findYamlFile(folders: readonly string[], name: string): YamlFile | undefined {
  for (const folder of folders) {
    const file =
      readYamlFile(join(folder, `${name}.yaml`)) ?? readYamlFile(join(folder, `${name}.yml`));
    if (file) return file;
  }
  return undefined;
}

/**
 * The file at a path; undefined if it does not exist.
 * @throws ConfigurationError that names the path and the line, and never a value
 */
export function readYamlFile(path: string): YamlFile | undefined {
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

/** Scalars stay strings: a password 0123 must not become a number, nor `no` a boolean. */
function parse(path: string, text: string): YamlMap {
  const { LineCounter, parseDocument } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(text, {
    schema: "failsafe",
    customTags: ["null"],
    merge: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  const offset = document.errors[0]?.pos[0] ?? unresolvedAlias(document);
  if (offset !== undefined) throw yamlError(path, `line ${lines.linePos(offset).line}`);
  try {
    return mapOf(document.toJS());
  } catch {
    throw yamlError(path, "an alias or a merge key");
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

/** The parser's own message quotes the content, which may be a password. */
function yamlError(path: string, where: string): ConfigurationError {
  return new ConfigurationError(
    `${path} is not valid YAML: see ${where}. A value with a special character (such as * & ! % @ : #) must be quoted.`,
  );
}

/** The map or list at a node; empty for any other node. */
export function mapOf(node: unknown): YamlMap {
  return typeof node === "object" && node !== null ? (node as YamlMap) : {};
}
