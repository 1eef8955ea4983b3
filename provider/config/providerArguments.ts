import { didYouMean, nearestName } from "../validation/nearest";
import { settingProblems } from "./settings";
import { NAMES, SPELLINGS, type Name } from "./settingNames";
import type { Sources } from "./settingReaders";
import { unknownSettings } from "./unknownSettings";

/** Values by name, of any type. */
type Arguments = Readonly<Record<string, unknown>>;

/** The settings that a provider accepts as arguments, and the stack configuration as `vpnaas:*`. */
export const ARGUMENT_NAMES: readonly (Name | "cloud")[] = [
  "cloud",
  ...NAMES.filter((name) => !SPELLINGS[name].isNotInStack),
];

/** The arguments that are always secret. */
export const SECRET_ARGUMENTS: ReadonlySet<string> = new Set(
  NAMES.filter((name) => SPELLINGS[name].secret),
);

/** The keys that the engine adds to the arguments of a provider. */
const ENGINE_KEYS = ["version", "pluginDownloadURL", "pluginChecksums"];

/** The name of a provider that the engine makes from the stack configuration. */
const DEFAULT_PROVIDER = /::default(?:_\d+)*(?:_[^:]*)?$/;

/** Whether the program creates the provider of a URN; an engine that names none has only default ones. */
export function isExplicitProvider(urn: string): boolean {
  return urn !== "" && !DEFAULT_PROVIDER.test(urn);
}

/** The settings of a provider from its arguments; arguments of a wrong type are left out. */
export function sourcesOf(args: Arguments, env: Sources["env"], isExplicit: boolean): Sources {
  return {
    stack: (name) =>
      Object.hasOwn(args, name) && isScalar(args[name]) ? String(args[name]) : undefined,
    env,
    isExplicit,
  };
}

/**
 * The problems of the arguments, each with the name of its argument and without a value. The login
 * is not tried. The stack configuration may contain other keys, since a project with the name of
 * this package stores its own there.
 */
export function argumentProblems(
  args: Arguments,
  env: Sources["env"],
  isExplicit: boolean,
): string[] {
  const given = Object.entries(args).filter(([, value]) => value !== undefined && value !== null);
  const known = given.filter(([name]) => isArgument(name));
  const others = given.filter(([name]) => !isArgument(name) && !isOfEngine(name));
  const unknown = others.map(([name]) => {
    const suggestion = didYouMean(nearestName(name, ARGUMENT_NAMES));
    return `${name.slice(0, 100)}: is not an argument of this provider${suggestion}`;
  });
  const mistyped = known
    .filter(([, value]) => !isScalar(value))
    .map(([name]) => `${name}: must be a string, a number or a boolean`);
  const sources = sourcesOf(args, env, isExplicit);
  return [...(isExplicit ? unknown : []), ...mistyped, ...settingProblems(sources)];
}

/**
 * Warnings about arguments that are not settings. The engine gives its own provider every `vpnaas:*` key of
 * the stack configuration, misspelled ones included; those of any other provider are refused.
 */
export function argumentWarnings(args: Arguments, project: string, isExplicit: boolean): string[] {
  if (isExplicit) return [];
  const keys = Object.keys(args).filter((name) => !isOfEngine(name));
  return unknownSettings(
    keys.map((name) => `vpnaas:${name}`),
    project,
  );
}

function isArgument(name: string): boolean {
  return (ARGUMENT_NAMES as readonly string[]).includes(name);
}

function isOfEngine(name: string): boolean {
  return ENGINE_KEYS.includes(name) || name.startsWith("__");
}

function isScalar(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
