import { didYouMean, nearestName } from "../validation/nearest";
import { escapeControlCharacters } from "../controlCharacters";
import { NAMES, SPELLINGS, type Name } from "./settingNames";

const PREFIX = "vpnaas:";

/**
 * Reports the keys of a stack configuration that begin with `vpnaas:` but are never read, such as
 * misspelled ones, with the setting that each probably means: whole sentences, without values.
 *
 * A project called vpnaas has its own keys there, so that only those close to a setting are reported.
 */
export function unknownSettings(keys: readonly string[], project: string): string[] {
  const names = keys.filter((key) => key.startsWith(PREFIX)).map((key) => key.slice(PREFIX.length));
  return names.flatMap((name) => {
    const problem = problemOf(name, `${project}:` === PREFIX);
    return problem === undefined ? [] : [`${PREFIX}${escapeControlCharacters(name)} ${problem}`];
  });
}

function problemOf(name: string, mayBeOwn: boolean): string | undefined {
  if (SETTINGS.has(name)) return undefined;
  if (Object.hasOwn(SPELLINGS, name)) {
    const { env, cloud } = SPELLINGS[name as Name];
    const variable = env.length === 0 ? "" : `${env[0]!} in the environment, or `;
    return `is not read from the stack configuration: set ${variable}${cloud[0]!} in clouds.yaml.`;
  }
  const nearest = nearestName(name, [...ALIASES.keys()]);
  if (nearest === undefined && mayBeOwn) return undefined;
  const suggestion = nearest === undefined ? undefined : `${PREFIX}${ALIASES.get(nearest)!}`;
  return `is not a known setting${didYouMean(suggestion) || ", and is ignored."}`;
}

const NAMES_IN_STACK = NAMES.filter((name) => !SPELLINGS[name].isNotInStack);

const SETTINGS: ReadonlySet<string> = new Set(["cloud", ...NAMES_IN_STACK]);

/** The settings by their names in all sources, their own first. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  [
    ...[...SETTINGS].map((name) => [name, name] as const),
    ...NAMES_IN_STACK.flatMap((name) =>
      SPELLINGS[name].env.map((variable) => [variable.replace(/^OS_/, ""), name] as const),
    ),
  ].reverse(),
);
