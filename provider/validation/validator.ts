import type { Ajv, ErrorObject, ValidateFunction } from "ajv";

import { parseDuration } from "./duration";
import { nearestName } from "./nearest";
import { isAddress, isCidr, isHostName, isIpv4, isNetwork, isPeerId, isPeerIdOfK5 } from "./net";

/** The description of a string format, for people, and its test. */
export interface Format {
  readonly description: string;
  readonly matches: (text: string) => boolean;
}

const FORMATS: Readonly<Record<string, Format>> = {
  uuid: {
    description: "an id such as 41bfef97-af4e-4f6b-a5d3-4678859d2485",
    matches: (text) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  },
  ipv4: { description: "an IPv4 address such as 203.0.113.1", matches: isIpv4 },
  address: { description: "an IPv4 or IPv6 address", matches: isAddress },
  host: {
    description: "an IPv4 address, an IPv6 address or a host name",
    matches: (text) => isAddress(text) || isHostName(text),
  },
  "peer-id": {
    description:
      "an IPv4 or IPv6 address, an e-mail address, a key id, an FQDN or a distinguished name such as C=DE, O=Acme, CN=gw",
    matches: isPeerId,
  },
  "k5-peer-id": {
    description: "an IPv4 or IPv6 address, an e-mail address, a key id or an FQDN",
    matches: isPeerIdOfK5,
  },
  cidr: { description: "a network as <address>/<prefix>, such as 10.2.0.0/24", matches: isCidr },
  endpoint: {
    description: "an id, or a network as <address>/<prefix>, without whitespace",
    matches: (text) => /^\S+$/.test(text),
  },
  network: {
    description: "a network as <network address>/<prefix> without host bits, such as 10.2.0.0/24",
    matches: isNetwork,
  },
  duration: {
    description: "a duration such as 90s, 10m or 1h30m",
    matches: (text) => parseDuration(text) !== undefined,
  },
};

let ajv: Ajv | undefined;

/**
 * Loaded when the first schema is compiled: a refresh or a destroy compiles none. The schemas are derived from
 * schema.json, so tests compare them with the meta-schema, and not every process again.
 */
function newAjv(): Ajv {
  const { Ajv } = require("ajv") as typeof import("ajv");
  const formats = Object.entries(FORMATS).map(([name, { matches }]) => [name, matches] as const);
  return new Ajv({
    allErrors: true,
    strict: true,
    validateSchema: false,
    meta: false,
    // A process validates fewer values than the optimization of the code would pay for.
    code: { optimize: false },
    verbose: true,
    formats: Object.fromEntries(formats),
  });
}

/** A format by its name in schema.json. */
export function formatOf(name: string): Format {
  return FORMATS[name]!;
}

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

/** Validates values against one JSON Schema, compiled at the first call; throws for no value. */
export function validator(schema: object): (values: unknown) => Violation[] {
  let compiled: ValidateFunction | undefined;
  return (values) => {
    compiled ??= (ajv ??= newAjv()).compile(schema);
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
      return `must be ${FORMATS[String(params["format"])]?.description ?? String(params["format"])}`;
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
      return error.message ?? "is invalid";
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
