import { Struct } from "./grpc";

import { SECRET_MARKS_KEY, secretInputsOf } from "../../model/secretMarks";
import type { Values } from "../../values";

/** The key that marks an object as a special value, and the mark of a secret (Pulumi's `specialsigs`). */
const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** The keys of the dynamic door, in states that moved from it. */
const DYNAMIC_KEYS = ["__provider", SECRET_MARKS_KEY];

/** Deeper than any property; deeper values of a hostile request stay as they are. */
const MAX_DEPTH = 100;

/** The values of a request, without any mark. */
export interface Decoded {
  readonly values: Values;
  /** The names of the values that are secret, or contain a secret. */
  readonly secretNames: ReadonlySet<string>;
}

/** Reads the values of a request; none for a missing one. */
export function decode(struct: Struct | undefined): Decoded {
  const raw = (struct?.toJavaScript() ?? {}) as Values;
  const secretNames = new Set(secretInputsOf(raw));
  const values: [string, unknown][] = [];
  for (const [name, value] of Object.entries(raw)) {
    if (DYNAMIC_KEYS.includes(name)) continue;
    values.push([name, reveal(value, () => secretNames.add(name), MAX_DEPTH)]);
  }
  return { values: Object.fromEntries(values), secretNames };
}

/** The values of a response, with a mark on those that are secret; absent ones are left out. */
export function encode(values: Values, secretNames: ReadonlySet<string>): Struct {
  return toStruct(markSecrets(values, secretNames));
}

/** Values with a mark on those that are secret. */
export function markSecrets(values: Values, secretNames: ReadonlySet<string>): Values {
  const marked = Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => [name, secretNames.has(name) ? conceal(value) : value] as const);
  return Object.fromEntries(marked);
}

/** Values as a message; protobuf accepts the members of a JSON value alone. */
export function toStruct(values: Values): Struct {
  type Json = Parameters<typeof Struct.fromJavaScript>[0];
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(values)) as Json);
}

function conceal(value: unknown): Values {
  return { [SIGNATURE_KEY]: SECRET_SIGNATURE, value };
}

function reveal(value: unknown, onSecret: () => void, levels: number): unknown {
  if (typeof value !== "object" || value === null || levels === 0) return value;
  if (Array.isArray(value)) return value.map((one) => reveal(one, onSecret, levels - 1));
  const members = value as Values;
  if (members[SIGNATURE_KEY] === SECRET_SIGNATURE) {
    onSecret();
    return reveal(members["value"], onSecret, levels - 1);
  }
  return Object.fromEntries(
    Object.entries(members).map(([name, one]) => [name, reveal(one, onSecret, levels - 1)]),
  );
}
