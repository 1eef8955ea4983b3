import type { ErrorObject, ValidateFunction } from "ajv";

import type { NamedSchema } from "./namedSchema";
import { formatOf } from "./formats";
import { nearestName } from "./nearest";

/** A problem with a value: its path, such as `peerCidrs[0]`, and the expected value. */
export interface Violation {
  /** JSON pointer parts down to the value; empty for the whole. */
  readonly path: readonly string[];
  /** The value found there, for the caller's decisions; must not be printed. */
  readonly value: unknown;
  /** ajv's keyword, such as `format` or `required`. */
  readonly keyword: string;
  /** The expected value, and the type of the given one, never its value. */
  readonly reason: string;
  /** The allowed value or property that a misspelled one probably means. */
  readonly suggestion: string | undefined;
}

/** Loaded on first use: a refresh or a destroy validates no inputs. */
const compile = () => (require("./compile") as typeof import("./compile")).compile;

/** Validates values against one JSON Schema, compiled at the first call; throws for no value. */
export function validator(schema: NamedSchema): (values: unknown) => Violation[] {
  let compiled: ValidateFunction | undefined;
  return (values) => {
    compiled ??= compile()(schema);
    return compiled(values) ? [] : onePerCause((compiled.errors ?? []).map(violationOf));
  };
}

/** Without the missing properties that are only misspelled, and without the types of values from a list. */
function onePerCause(violations: readonly Violation[]): Violation[] {
  const meant = violations
    .filter(({ keyword, suggestion }) => keyword === "additionalProperties" && suggestion)
    .map(({ path, suggestion }) => keyOf([...path.slice(0, -1), suggestion!]));
  const listed = violations
    .filter(({ keyword }) => keyword === "enum")
    .map(({ path }) => keyOf(path));
  return violations.filter(
    ({ keyword, path }) =>
      !(keyword === "required" && meant.includes(keyOf(path))) &&
      !(keyword === "type" && listed.includes(keyOf(path))),
  );
}

function keyOf(path: readonly string[]): string {
  return JSON.stringify(path);
}

/**
 * A path for people: `dpd.timeout`, `peerCidrs[0]`. A name that is not a word is quoted, and cut if
 * it is very long.
 */
export function formatPath(path: readonly string[]): string {
  return path
    .map((part, i) => {
      if (i > 0 && /^\d+$/.test(part)) return `[${part}]`;
      const name = /^[\w$-]{1,64}$/.test(part) ? part : JSON.stringify(shortened(part));
      return i === 0 ? name : `.${name}`;
    })
    .join("");
}

function shortened(name: string): string {
  return name.length > 64 ? `${name.slice(0, 61)}...` : name;
}

function violationOf(error: ErrorObject): Violation {
  const path = error.instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  const params = error.params as Record<string, unknown>;
  const member = (params["missingProperty"] ?? params["additionalProperty"]) as string | undefined;
  return {
    path: member === undefined ? path : [...path, member],
    value: error.data,
    keyword: error.keyword,
    reason: reasonOf(error, params),
    suggestion: suggestionFor(error, params),
  };
}

function suggestionFor(
  { keyword, data, parentSchema }: ErrorObject,
  params: Record<string, unknown>,
): string | undefined {
  switch (keyword) {
    case "additionalProperties": {
      const { properties } = parentSchema as { readonly properties?: object };
      return nearestName(String(params["additionalProperty"]), Object.keys(properties ?? {}));
    }
    case "enum":
      return typeof data === "string"
        ? nearestName(data, (params["allowedValues"] as unknown[]).map(String))
        : undefined;
    default:
      return undefined;
  }
}

function reasonOf(error: ErrorObject, params: Record<string, unknown>): string {
  const limit = Number(params["limit"]);
  switch (error.keyword) {
    case "required":
      return "is required";
    case "additionalProperties":
      return "is not an input";
    case "type":
      return `must be ${article(String(params["type"]))}, got ${typeName(error.data)}`;
    case "enum":
      return `must be one of ${(params["allowedValues"] as unknown[]).join(", ")}`;
    case "format":
      return `must be ${formatOf(String(params["format"])).description}`;
    case "minimum":
      return `must be at least ${limit}`;
    case "maximum":
      return `must be at most ${limit}`;
    case "minLength":
      return limit === 1 ? "must not be empty" : `must have at least ${limit} characters`;
    case "maxLength":
      return `must have at most ${limit} characters`;
    case "minItems":
      return `must have at least ${limit} ${limit === 1 ? "entry" : "entries"}`;
    case "maxItems":
      return `must have at most ${limit} ${limit === 1 ? "entry" : "entries"}, got ${(error.data as unknown[]).length}`;
    case "uniqueItems": {
      const pair = [Number(params["i"]), Number(params["j"])].sort((a, b) => a - b);
      return `must not hold the same value twice (entries ${pair.join(" and ")}, counted from 0)`;
    }
    case "pattern":
      return "must not start or end with whitespace";
    default:
      return "is invalid";
  }
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "number" && !Number.isFinite(value)) return "a number that is not finite";
  if (typeof value === "number" && !Number.isInteger(value)) return "a fraction";
  return article(Array.isArray(value) ? "array" : typeof value);
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}
