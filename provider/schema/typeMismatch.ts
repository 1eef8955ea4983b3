import { resolve, type Property } from "./packageSchema";
import { isAbsent, isPlainObject } from "./equality";

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "a string",
  integer: "a number",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/**
 * The problem with the type of a value, as a predicate for the property's name; undefined if the
 * type matches or the value is absent. Contains no value, as it may be secret.
 */
export function typeMismatch(property: Property, value: unknown): string | undefined {
  if (isAbsent(value)) return undefined;
  const { type, items, properties = {} } = resolve(property);
  const expected = TYPE_NAMES[type!]!;
  const actual = typeName(value);
  if (actual !== expected) return `is ${actual}, not ${expected}`;
  if (Array.isArray(value)) {
    return value.some((item) => isAbsent(item) || typeMismatch(items!, item) !== undefined)
      ? `contains an item that is not ${TYPE_NAMES[resolve(items!).type!]!}`
      : undefined;
  }
  if (!isPlainObject(value)) return undefined;
  const part = Object.keys(properties).find(
    (name) => typeMismatch(properties[name]!, value[name]) !== undefined,
  );
  return part === undefined
    ? undefined
    : `has a member \`${part}\` that ${typeMismatch(properties[part]!, value[part])!}`;
}

/** The type of a value, in the words of {@link typeMismatch}. */
export function typeName(value: unknown): string {
  return TYPE_NAMES[Array.isArray(value) ? "array" : typeof value] ?? "nothing";
}
