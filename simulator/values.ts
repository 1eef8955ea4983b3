import { isIP, isIPv4 } from "node:net";
import { invalidInput } from "./faultBodies";

/** The server's error message for a value, without the final period; null if the value is valid. */
export type Check = (value: unknown) => string | null;

/**
 * Converts a value into the stored form.
 * @throws InvalidInput if that is impossible
 */
export type Convert = (value: unknown) => unknown;

/** Python's `str()` of a JSON value, as messages quote values. */
export function pythonText(value: unknown): string {
  return typeof value === "string" ? value : pythonRepr(value);
}

function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) {
    return "None";
  }
  if (typeof value === "boolean") {
    return value ? "True" : "False";
  }
  if (Array.isArray(value)) {
    return `[${value.map(pythonRepr).join(", ")}]`;
  }
  if (typeof value === "object") {
    const members = Object.entries(value).map(([key, each]) => `'${key}': ${pythonRepr(each)}`);
    return `{${members.join(", ")}}`;
  }
  return typeof value === "string" ? `'${value}'` : JSON.stringify(value);
}

/** Whether the value is an object in JSON's sense. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The IP version of a CIDR (host bits allowed); null if the value is not a CIDR. */
export function cidrVersion(text: unknown): 4 | 6 | null {
  const [address, prefix, ...rest] = typeof text === "string" ? text.split("/") : [];
  const version = isIP(address ?? "");
  const isNumber = (version === 4 ? /^(?:0|[1-9]\d?)$/ : /^\d{1,3}$/).test(prefix ?? "");
  const bits = isNumber ? Number(prefix) : Infinity;
  const valid = rest.length === 0 && !address?.includes("%") && bits <= (version === 4 ? 32 : 128);
  return valid && (version === 4 || version === 6) ? version : null;
}

const uuidPattern = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** Whether the value is a UUID. */
export const isUuid = (value: unknown): boolean =>
  typeof value === "string" && uuidPattern.test(value);

const integerOf = (value: unknown): number | null => {
  if (typeof value === "number" || typeof value === "boolean") {
    return Math.trunc(Number(value));
  }
  const isNumber = typeof value === "string" && /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(value);
  return isNumber ? Number(value.replaceAll("_", "")) : null;
};

// Source of the checks and conversions below: neutron_lib/api/validators/__init__.py and converters.py.

/** A string of at most `longest` characters. */
export const text =
  (longest = Infinity): Check =>
  (value) => {
    if (typeof value !== "string") {
      return `'${pythonText(value)}' is not a valid string`;
    }
    return Array.from(value).length > longest
      ? `'${value}' exceeds maximum length of ${longest}`
      : null;
  };

/** A UUID. */
export const uuid: Check = (value) =>
  isUuid(value) ? null : `'${pythonText(value)}' is not a valid UUID`;

/** A UUID or null. */
export const uuidOrNull: Check = (value) => (value === null ? null : uuid(value));

/** One of several words. */
export const oneOf =
  (words: readonly string[]): Check =>
  (value) =>
    words.includes(value as string) ? null : `${pythonText(value)} is not in valid_values`;

/** An integer, possibly as a string, of at least 0. */
export const nonNegative: Check = (value) => {
  const number = integerOf(value);
  if (number === null) {
    return `'${pythonText(value)}' is not an integer`;
  }
  return number < 0 ? `'${pythonText(value)}' should be non-negative` : null;
};

/** An integer, possibly as a string, not below the limit. */
export const atLeast =
  (limit: number): Check =>
  (value) => {
    const number = integerOf(value);
    if (number === null) {
      return `'${pythonText(value)}' is not an integer`;
    }
    return number < limit
      ? `'${pythonText(value)}' is too small - must be at least '${limit}'`
      : null;
  };

/** An object with these keys only, each optional. */
export const objectOf =
  (members: Record<string, Check>): Check =>
  (value) => {
    if (!isObject(value)) {
      return `'${pythonText(value)}' is not a dictionary`;
    }
    const unexpected = Object.keys(value).filter((key) => !Object.hasOwn(members, key));
    if (unexpected.length > 0) {
      return `Unexpected keys supplied: ${unexpected.join(", ")}`;
    }
    const complaints = Object.entries(value).map(([key, each]) => members[key]?.(each) ?? null);
    return complaints.find((complaint) => complaint !== null) ?? null;
  };

/** A list of CIDRs without duplicates. */
export const cidrList: Check = (value) => {
  const items = value as unknown[];
  const twice = items.find((item, index) => items.indexOf(item) < index);
  if (twice !== undefined) {
    return `Duplicate items in the list: '${pythonText(twice)}'`;
  }
  const bad = items.find((item) => cidrVersion(item) === null);
  return bad === undefined ? null : `'${pythonText(bad)}' is not a valid IP subnet`;
};

/** A list of IPv4 networks without host bits. */
export const networkList: Check = (value) => {
  const bad = (value as unknown[]).find((item) => !isIpv4Network(String(item)));
  return bad === undefined ? null : `'${pythonText(bad)}' is not a valid network`;
};

function isIpv4Network(text: string): boolean {
  const [address = "", prefix = ""] = text.split("/");
  if (!isIPv4(address)) return false;
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return number % 2 ** (32 - Number(prefix)) === 0;
}

/** A dotted IPv4 address. */
export const ipv4: Check = (value) =>
  typeof value === "string" && isIPv4(value)
    ? null
    : `'${pythonText(value)}' is not a valid IPv4 address`;

/** Converts a string of digits to a number. */
export const toInteger: Convert = (value) => {
  const number = integerOf(value);
  if (number === null) {
    throw invalidInput(`'${pythonText(value)}' is not an integer`);
  }
  return number;
};

const TRUE_WORDS = ["1", "t", "true", "on", "y", "yes"];
const FALSE_WORDS = ["0", "f", "false", "off", "n", "no"];

/** Converts `"true"`, `"yes"`, `"1"`, 1 and similar values to a boolean. Source: oslo_utils/strutils.py. */
export const toBoolean: Convert = (value) => {
  const word = pythonText(value).trim().toLowerCase();
  if (![...TRUE_WORDS, ...FALSE_WORDS].includes(word)) {
    throw invalidInput(`'${pythonText(value)}' cannot be converted to boolean`);
  }
  return TRUE_WORDS.includes(word);
};

/** Converts null to an empty list, and a single value to a list with one item. */
export const toList: Convert = (value) => {
  if (value === null) {
    return [];
  }
  return Array.isArray(value) ? (value as unknown[]) : [value];
};

/** Converts null to an empty object. */
export const nullToObject: Convert = (value) => value ?? {};
