import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";

import { canonicalAddress, isCidr, maskedCidr } from "../validation/net";
import type { Field } from "./field";
import type { Values } from "../values";

/** Whether a value is absent; the engine passes on a `null` that a program sets. */
export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** Whether a value has named members, such as `dpd`. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Deeper than any property, and within the limits of recursion. */
const MAX_DEPTH = 100;

/**
 * A copy without absent members, since the engine refuses `undefined` in a response. Members below
 * 100 levels are left unchanged.
 */
export function withoutAbsent(values: Values): Record<string, unknown> {
  return prune(values, MAX_DEPTH) as Record<string, unknown>;
}

function prune(value: unknown, levels: number): unknown {
  if (typeof value !== "object" || value === null || levels === 0) return value;
  if (Array.isArray(value)) return value.map((member) => prune(member, levels - 1));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => !isAbsent(member))
      .map(([name, member]) => [name, prune(member, levels - 1)]),
  );
}

/** A digest that is equal for values with the same members, regardless of their order. */
export function fingerprint(value: unknown): string {
  const text = JSON.stringify(prune(value, MAX_DEPTH), (_name, part: unknown) =>
    isPlainObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
  return createHash("sha256").update(text).digest("base64");
}

/**
 * Whether two values of a field mean the same: the order of a set and the notation of a network or
 * an address do not count, and an absent value or an empty string equals the default.
 */
export function sameValue(field: Field, left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(canonical(field, left), canonical(field, right));
}

/** The canonical notation of a value: two values that mean the same become equal. */
export function canonical(field: Field, value: unknown): unknown {
  if (isAbsent(value) || value === "") return isAbsent(field.default) ? undefined : field.default;
  if (isPlainObject(value) && isPlainObject(field.default)) {
    return { ...field.default, ...withoutAbsent(value) };
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => canonicalScalar(field.format, item));
    return field.unordered ? items.sort() : items;
  }
  return canonicalScalar(field.format, value);
}

function canonicalScalar(format: string | undefined, value: unknown): unknown {
  if (typeof value !== "string") return value;
  switch (format) {
    case "cidr":
      return maskedCidr(value);
    case "endpoint":
      return isCidr(value) ? maskedCidr(value) : value.toLowerCase();
    case "host":
    case "peer-id":
      return canonicalAddress(value);
    case "uuid":
      return value.toLowerCase();
    default:
      return value;
  }
}
