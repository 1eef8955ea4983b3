import type { Dialect } from "../dialect";
import { ConfigurationError } from "../errors";
import { MAX_CONCURRENCY } from "../http/concurrencyLimit";
import type { TransportOptions } from "../http/transport";
import type { SessionOptions } from "../identity/session";
import type { LogLevel, Notice } from "../log";
import { ON_DRIFT, type OnDrift } from "../onDrift";
import { PREFLIGHT_MODES, type PreflightMode } from "../preflightMode";
import { readLogin } from "./login";
import { NAMES, SPELLINGS } from "./settingNames";
import type { Sources } from "./settingReaders";
import { SettingLookup } from "./settingSources";
import { readTls, tlsWarnings } from "./tls";
import { positiveInteger, httpUrl, oneOf } from "./parse";

export type { Sources } from "./settingReaders";

/** The settings that do not concern the login. */
export interface Behavior {
  readonly dialect: Dialect;
  readonly onDrift: OnDrift;
  readonly preflight: PreflightMode;
  /** The number of requests to one cloud that may be in flight at once. */
  readonly maxConcurrency: number;
}

/** All settings, validated. */
export interface Settings extends Behavior {
  readonly session: SessionOptions;
  readonly transport: TransportOptions;
  readonly logLevel: LogLevel;
  /** Warnings for the user, as whole lines. */
  readonly warnings: readonly Notice[];
}

/**
 * Reads and validates the settings of one cloud: the cloud of the argument (a resource's own
 * input), otherwise that of `vpnaas:cloud`, otherwise that of `OS_CLOUD`. Without a cloud all
 * settings come from `vpnaas:*` and `OS_*`.
 *
 * The precedence, first source first:
 * 1. without a cloud: `vpnaas:*`, then `OS_*`; login and endpoint in reverse order if `OS_*`
 *   contain a credential, since `refresh` and `destroy` pass the provider the stack configuration
 *   of the last `up`, so that only the environment can supply a password that was changed since;
 * 2. with `vpnaas:cloud` or `OS_CLOUD`: the login only from the cloud's entry; the endpoint from
 *   the entry, then from `vpnaas:endpoint`; the project, as a whole, from the entry, then
 *   `vpnaas:*`, then `OS_*`; all other settings from `vpnaas:*`, then the entry, then `OS_*`;
 * 3. with a resource's own cloud: all settings only from the entry, but the dialect also from
 *   `vpnaas:dialect`.
 *
 * If neither a cloud nor `vpnaas:*` nor `OS_*` name a login, that of `openstack:*` is used, with the
 * precedence of 2: `openstack:*` take the place of the entry, or `openstack:cloud` names it.
 *
 * A provider of the program with a login or a cloud among its arguments reads no `OS_*`; without
 * one, its arguments precede `OS_*`.
 *
 * `logLevel`, `onDrift`, `preflight` and `maxConcurrency` are read only from `vpnaas:*`.
 * @throws ConfigurationError that names the setting and its source.
 */
export function readSettings(sources: Sources, cloud?: string): Settings {
  const settings = new SettingLookup(sources, cloud);
  const login = readLogin(settings);
  const isKeystone = login.kind !== "token" && login.kind !== "none";
  const endpoint = isKeystone ? settings.find("endpoint") : settings.require("endpoint");
  const behavior = behaviorOf(settings);
  const { maxConcurrency } = behavior;
  const transport = { ...readTls(settings), maxConcurrency, secrets: secretsOf(settings) };
  return {
    ...behavior,
    logLevel: logLevelOf(settings),
    session: {
      login,
      endpoint: endpoint && httpUrl(endpoint),
      region: settings.find("region")?.value,
      interface: interfaceOf(settings),
      cloud: settings.cloud?.name,
    },
    transport,
    warnings: warningsOf(settings),
  };
}

/**
 * Warnings about the settings, as whole lines: a file with a secret that others may read,
 * certificates that are not verified. Never throws: unreadable files are reported by the code that
 * needs them.
 */
export function settingsWarnings(sources: Sources, cloud?: string): readonly Notice[] {
  try {
    return warningsOf(new SettingLookup(sources, cloud));
  } catch {
    return [];
  }
}

/**
 * The behavior alone: `check` and `diff` need it and must not depend on a login. A clouds.yaml is
 * read only if it may contain one of these settings.
 * @throws ConfigurationError
 */
export function readBehavior(sources: Sources, cloud?: string): Behavior {
  return behaviorOf(new SettingLookup(sources, cloud));
}

/** The problems of values that are invalid for every login; a missing login is not reported. */
export function settingProblems(sources: Sources): string[] {
  const settings = new SettingLookup(sources, undefined);
  const urls = (["endpoint", "authUrl"] as const).map((name) => () => {
    const found = settings.find(name);
    if (found) httpUrl(found);
  });
  const problems = [behaviorOf, logLevelOf, interfaceOf, readTls, ...urls].flatMap((read) => {
    try {
      read(settings);
      return [];
    } catch (error) {
      if (!ConfigurationError.isInstance(error)) throw error;
      return [error.message];
    }
  });
  return [...new Set(problems)];
}

/** The upper bound of `maxConcurrency`. */
const MAX_CONCURRENCY_SETTING = 1_000;

/** The values of the settings that no source sets. */
export const DEFAULTS = {
  dialect: "k5",
  interface: "public",
  onDrift: "report",
  preflight: "on",
  maxConcurrency: String(MAX_CONCURRENCY),
  logLevel: "info",
} as const;

function behaviorOf(settings: SettingLookup): Behavior {
  return {
    dialect: oneOf(settings.find("dialect"), ["k5", "neutron"], DEFAULTS.dialect),
    onDrift: oneOf(settings.find("onDrift"), ON_DRIFT, DEFAULTS.onDrift),
    preflight: oneOf(settings.find("preflight"), PREFLIGHT_MODES, DEFAULTS.preflight),
    maxConcurrency: positiveInteger(
      settings.find("maxConcurrency"),
      MAX_CONCURRENCY_SETTING,
      MAX_CONCURRENCY,
    ),
  };
}

function logLevelOf(settings: SettingLookup): LogLevel {
  return oneOf(settings.find("logLevel"), ["info", "debug"], DEFAULTS.logLevel);
}

/** gophercloud and openstacksdk also accept "publicURL". */
function interfaceOf(settings: SettingLookup): string {
  const found = settings.find("interface");
  const normalized = found && { ...found, value: found.value.replace(/URL$/, "") };
  return oneOf(normalized, ["public", "internal", "admin"], DEFAULTS.interface);
}

function warningsOf(settings: SettingLookup): Notice[] {
  return [
    ...openstackNotice(settings),
    ...(settings.cloud?.warnings ?? []),
    ...tlsWarnings(settings),
  ];
}

/** A login for another provider must not serve this one without a line that says so. */
function openstackNotice({ readsOpenstack, cloudChoice }: SettingLookup): Notice[] {
  const source = readsOpenstack ? "openstack:*" : cloudChoice?.source;
  if (source !== "openstack:*" && source !== "openstack:cloud") return [];
  const line = `The login is that of ${source} in the stack configuration, since no vpnaas:*, no OS_* and no other cloud of clouds.yaml names one.`;
  return [{ key: `login of ${source}`, line }];
}

function secretsOf(settings: SettingLookup): string[] {
  const names = NAMES.filter((name) => SPELLINGS[name].secret);
  return names.flatMap((name) => settings.find(name)?.value ?? []);
}
