import type { Dialect } from "../dialect";
import { MAX_CONCURRENCY } from "../http/concurrencyLimit";
import type { TransportOptions } from "../http/transport";
import type { SessionOptions } from "../identity/session";
import type { LogLevel } from "../log";
import { ON_DRIFT, type OnDrift } from "../onDrift";
import { readLogin } from "./login";
import { NAMES, SPELLINGS, type Name } from "./settingNames";
import { Places, type Sources } from "./settingSources";
import { readTls, tlsWarnings } from "./tls";
import { count, httpUrl, oneOf } from "./parse";

export type { Sources } from "./settingSources";

/** What has nothing to do with the login. */
export interface Behavior {
  readonly dialect: Dialect;
  readonly onDrift: OnDrift;
  /** How many requests of one cloud are in flight at once. */
  readonly maxConcurrency: number;
}

/** Everything that can be set, with its values checked. */
export interface Settings extends Behavior {
  readonly session: SessionOptions;
  readonly transport: TransportOptions;
  readonly logLevel: LogLevel;
  /** What the user should know, as whole lines. */
  readonly warnings: readonly string[];
}

/**
 * Reads and checks the settings of one cloud: the one that `cloud` names (a resource's own input),
 * else `vpnaas:cloud`, else `OS_CLOUD`, else none, and then all stands in `vpnaas:*` and `OS_*`.
 *
 * The precedence, the first place wins:
 * 1. no cloud: `vpnaas:*`, then `OS_*`; login and endpoint the other way round if `OS_*` name a
 *    credential, since `refresh` and `destroy` hand the provider the stack configuration of the last
 *    `up`, so that a password that was changed since can only come from the environment;
 * 2. `vpnaas:cloud` or `OS_CLOUD`: the login stands in the cloud's entry alone; the endpoint there,
 *    then in `vpnaas:endpoint`; the project there, else whole in `vpnaas:*`, else whole in `OS_*`;
 *    all other settings in `vpnaas:*`, then in the entry, then in `OS_*`;
 * 3. a resource's own cloud: all in the entry alone; a dialect that it lacks in `vpnaas:dialect`.
 *
 * `logLevel`, `onDrift` and `maxConcurrency` are read from `vpnaas:*` only.
 * @throws ConfigurationError that names the setting and where it was read.
 */
export function readSettings(sources: Sources, cloud?: string): Settings {
  const places = new Places(sources, cloud);
  const login = readLogin(places);
  const isKeystone = login.kind !== "token" && login.kind !== "none";
  const endpoint = isKeystone ? places.find("endpoint") : places.needed("endpoint");
  const behavior = behaviorOf(places);
  const { maxConcurrency } = behavior;
  const transport = { ...readTls(places), maxConcurrency, secrets: secretsOf(places) };
  return {
    ...behavior,
    logLevel: oneOf(places.find("logLevel"), ["info", "debug"], DEFAULTS.logLevel),
    session: {
      login,
      endpoint: endpoint && httpUrl(endpoint),
      region: places.find("region")?.value,
      interface: interfaceOf(places),
      cloud: places.cloud?.name,
    },
    transport,
    warnings: warningsOf(places),
  };
}

/**
 * What the user should know of the settings, as whole lines: a file with a secret that others may
 * read, certificates that are not verified. Never throws: what cannot be read is told by who needs it.
 */
export function settingsWarnings(sources: Sources, cloud?: string): readonly string[] {
  try {
    return warningsOf(new Places(sources, cloud));
  } catch {
    return [];
  }
}

/**
 * The behavior alone: `check` and `diff` need it, and must not depend on a login. A clouds.yaml is
 * read only if it may tell.
 * @throws ConfigurationError
 */
export function readBehavior(sources: Sources, cloud?: string): Behavior {
  return behaviorOf(new Places(sources, cloud));
}

/** A setting as a person may see it. */
export interface SettingInForce {
  readonly name: Name | "cloud";
  /** `(hidden)` for a secret. */
  readonly value: string;
  /** `default` where nothing is set. */
  readonly source: string;
}

/**
 * Every setting that is set somewhere, or has a default, with the place that wins. Values are not
 * checked, and no secret is among them.
 * @throws ConfigurationError only for a clouds.yaml that cannot be read.
 */
export function settingsInForce(sources: Sources, cloud?: string): SettingInForce[] {
  const places = new Places(sources, cloud);
  const { cloudChoice } = places;
  return [
    ...(cloudChoice
      ? [{ name: "cloud" as const, value: cloudChoice.name, source: cloudChoice.source }]
      : []),
    ...NAMES.flatMap((name): SettingInForce[] => {
      const found = places.find(name);
      if (found) return [{ name, value: shown(name, found.value), source: found.source }];
      const value = (DEFAULTS as Partial<Record<Name, string>>)[name];
      return value === undefined ? [] : [{ name, value, source: "default" }];
    }),
  ];
}

/** The most that `maxConcurrency` can be. */
const MOST_AT_ONCE = 1_000;

const DEFAULTS = {
  dialect: "k5",
  interface: "public",
  onDrift: "report",
  maxConcurrency: String(MAX_CONCURRENCY),
  logLevel: "info",
} as const;

/** A URL may have a password in it, though it is refused then. */
function shown(name: Name, value: string): string {
  const mayHoldSecret = value.includes("://") && /[@?]/.test(value);
  return SPELLINGS[name].secret || mayHoldSecret ? "(hidden)" : value;
}

function behaviorOf(places: Places): Behavior {
  return {
    dialect: oneOf(places.find("dialect"), ["k5", "neutron"], DEFAULTS.dialect),
    onDrift: oneOf(places.find("onDrift"), ON_DRIFT, DEFAULTS.onDrift),
    maxConcurrency: count(places.find("maxConcurrency"), MOST_AT_ONCE, MAX_CONCURRENCY),
  };
}

/** gophercloud and openstacksdk also accept "publicURL". */
function interfaceOf(places: Places): string {
  const found = places.find("interface");
  const bare = found && { ...found, value: found.value.replace(/URL$/, "") };
  return oneOf(bare, ["public", "internal", "admin"], DEFAULTS.interface);
}

function warningsOf(places: Places): string[] {
  return [...(places.cloud?.warnings ?? []), ...tlsWarnings(places)];
}

function secretsOf(places: Places): string[] {
  const names = NAMES.filter((name) => SPELLINGS[name].secret);
  return names.flatMap((name) => places.find(name)?.value ?? []);
}
