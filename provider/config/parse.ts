import { ConfigurationError } from "../errors";
import type { Found } from "./settingSources";

/** Never repeats the value: it may be a password in the wrong place. */
export function wrong(found: Found, right: string): ConfigurationError {
  return new ConfigurationError(`${found.source} must be ${right}.`);
}

/**
 * One of the allowed texts; `otherwise` if nothing is set.
 * @throws ConfigurationError
 */
export function oneOf<T extends string>(
  found: Found | undefined,
  allowed: readonly T[],
  otherwise: T,
): T {
  if (found === undefined) return otherwise;
  const value = allowed.find((one) => one === found.value);
  if (value === undefined) throw wrong(found, orList(allowed));
  return value;
}

/**
 * A URL of HTTP without user and password.
 * @throws ConfigurationError
 */
export function httpUrl(found: Found): string {
  const url = URL.canParse(found.value) ? new URL(found.value) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw wrong(found, "a URL that begins with http:// or https://");
  }
  if (url.username !== "" || url.password !== "") {
    throw wrong(found, "a URL without user and password in it; they have settings of their own");
  }
  return found.value;
}

/**
 * A boolean in any usual writing.
 * @throws ConfigurationError
 */
export function isTrue(found: Found): boolean {
  if (/^(?:true|1|yes|on)$/i.test(found.value)) return true;
  if (/^(?:false|0|no|off)$/i.test(found.value)) return false;
  throw wrong(found, "true or false");
}

/**
 * A whole number from 1 to `most`, in digits; `otherwise` if nothing is set.
 * @throws ConfigurationError
 */
export function count(found: Found | undefined, most: number, otherwise: number): number {
  if (found === undefined) return otherwise;
  const value = /^\d{1,9}$/.test(found.value) ? Number(found.value) : 0;
  if (value < 1 || value > most) throw wrong(found, `a whole number from 1 to ${most}`);
  return value;
}

function orList(words: readonly string[]): string {
  const last = words[words.length - 1]!;
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}
