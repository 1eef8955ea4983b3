import { NAMES, SPELLINGS, type Name } from "./settingNames";
import type { Sources } from "./settingReaders";
import { DEFAULTS } from "./settings";
import { SettingLookup } from "./settingSources";

/** A setting for display. */
export interface SettingInForce {
  readonly name: Name | "cloud";
  /** `(hidden)` for a secret. */
  readonly value: string;
  /** `default` if no source sets it. */
  readonly source: string;
}

/**
 * Every setting that a source sets or that has a default, with the winning source. Values are not
 * validated, and secrets are redacted.
 * @throws ConfigurationError only for a clouds.yaml that cannot be read.
 */
export function settingsInForce(sources: Sources, cloud?: string): SettingInForce[] {
  const settings = new SettingLookup(sources, cloud);
  const { cloudChoice } = settings;
  return [
    ...(cloudChoice
      ? [{ name: "cloud" as const, value: cloudChoice.name, source: cloudChoice.source }]
      : []),
    ...NAMES.flatMap((name): SettingInForce[] => {
      const found = settings.find(name);
      if (found) return [{ name, value: displayValue(name, found.value), source: found.source }];
      const value = (DEFAULTS as Partial<Record<Name, string>>)[name];
      return value === undefined ? [] : [{ name, value, source: "default" }];
    }),
  ];
}

/** A URL may contain a password, although such a URL is refused later. */
function displayValue(name: Name, value: string): string {
  const mayHoldSecret = value.includes("://") && /[@?]/.test(value);
  return SPELLINGS[name].secret || mayHoldSecret ? "(hidden)" : value;
}
