import { ConfigurationError } from "../errors";
import { didYouMean, nearestName } from "../validation/nearest";
import type { Found } from "./settingReaders";

/** Never repeats the value: it may be a misplaced password. */
export function invalidSetting(found: Found, expected: string): ConfigurationError {
  return new ConfigurationError(`${found.source} must be ${expected}.`);
}

/**
 * One of the allowed strings; `otherwise` if the setting is missing.
 * @throws ConfigurationError
 */
export function oneOf<T extends string>(
  found: Found | undefined,
  allowed: readonly T[],
  otherwise: T,
): T {
  if (found === undefined) return otherwise;
  const value = allowed.find((one) => one === found.value);
  if (value === undefined) {
    const suggestion = didYouMean(nearestName(found.value, allowed));
    throw new ConfigurationError(
      `${found.source} must be ${orList(allowed)}${suggestion === "" ? "." : suggestion}`,
    );
  }
  return value;
}

/**
 * An http or https URL without user and password.
 * @throws ConfigurationError
 */
export function httpUrl(found: Found): string {
  const url = URL.canParse(found.value) ? new URL(found.value) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw invalidSetting(found, "a URL that begins with http:// or https://");
  }
  if (url.username !== "" || url.password !== "") {
    throw invalidSetting(
      found,
      "a URL without user and password in it; they have settings of their own",
    );
  }
  return found.value;
}

/**
 * A boolean in any usual notation.
 * @throws ConfigurationError
 */
export function isTrue(found: Found): boolean {
  if (/^(?:true|1|yes|on)$/i.test(found.value)) return true;
  if (/^(?:false|0|no|off)$/i.test(found.value)) return false;
  throw invalidSetting(found, "true or false");
}

/**
 * A whole number from 1 to `most`, in digits; `otherwise` if the setting is missing.
 * @throws ConfigurationError
 */
export function positiveInteger(found: Found | undefined, most: number, otherwise: number): number {
  if (found === undefined) return otherwise;
  const value = /^\d{1,9}$/.test(found.value) ? Number(found.value) : 0;
  if (value < 1 || value > most) throw invalidSetting(found, `a whole number from 1 to ${most}`);
  return value;
}

function orList(words: readonly string[]): string {
  const last = words[words.length - 1]!;
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

/** For example `a, b and c`. */
export function andList(words: readonly string[]): string {
  const last = words[words.length - 1] ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
