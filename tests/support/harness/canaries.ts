import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";

/** Secrets by their names, such as `psk`. */
export type Canaries = Readonly<Record<string, string>>;

/** An encoding of a secret, with its name. */
interface Encoding {
  readonly how: string;
  readonly text: string;
}

/**
 * Every encoding of a secret that tests search for: plain, as JSON (also JSON in JSON, in ASCII, and Go's),
 * as Python's repr, URL-encoded and form-encoded in either case, as HTML in four ways, in hexadecimal,
 * and in base64 from each offset. A string of several lines, such as a key, also counts by each of its
 * lines.
 */
export function searchable(secret: string): readonly Encoding[] {
  const known = SEARCHABLE.get(secret);
  if (known !== undefined) return known;
  const lines = secret.split("\n").filter((line) => line.length >= 20 && !line.startsWith("-----"));
  const all = [secret, ...(secret.includes("\n") ? lines : [])].flatMap(encodingsOf);
  const each = all.filter(({ text }, at) => all.findIndex((one) => one.text === text) === at);
  SEARCHABLE.set(secret, each);
  return each;
}

const SEARCHABLE = new Map<string, readonly Encoding[]>();

/** A sentence for each canary and encoding that a string contains. */
export function canariesIn(text: string, canaries: Canaries): string[] {
  return Object.entries(canaries).flatMap(([what, secret]) =>
    searchable(secret)
      .filter((encoding) => text.includes(encoding.text))
      .map(({ how, text: found }) => `the ${what} (${how}): ${around(text, found)}`),
  );
}

/** {@link canariesIn} every file below a folder and in the files' names; does not follow links. */
export function canariesBelow(folder: string, canaries: Canaries): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const text = entry.isFile() ? readFileSync(path, "latin1") : "";
    // Latin-1 keeps every byte, but shows characters beyond ASCII as others.
    const texts = [entry.name, text, Buffer.from(text, "latin1").toString()];
    return [...new Set(texts.flatMap((one) => canariesIn(one, canaries)))].map(
      (found) => `${path}: ${found}`,
    );
  });
}

/**
 * Every string reachable from a value: own properties (including hidden ones and symbols), results of
 * its prototypes' getters, causes, members of maps and sets, bytes, and the output of `util.inspect`.
 */
export function textsReachableFrom(value: unknown): string[] {
  const texts: string[] = [inspect(value, { depth: Infinity, showHidden: true })];
  const seen = new Set<unknown>();
  const walk = (one: unknown): void => {
    if (typeof one === "string" || typeof one === "symbol") texts.push(String(one));
    if ((typeof one !== "object" && typeof one !== "function") || one === null) return;
    if (seen.has(one)) return;
    seen.add(one);
    if (ArrayBuffer.isView(one)) {
      texts.push(Buffer.from(one.buffer, one.byteOffset, one.byteLength).toString("latin1"));
      return;
    }
    if (one instanceof Map || one instanceof Set) [...one].forEach(walk);
    for (let at: object | null = one; at !== null && !isBuiltIn(at); at = parentOf(at)) {
      for (const key of Reflect.ownKeys(at)) {
        walk(key);
        walk(valueAt(one, key));
      }
    }
  };
  walk(value);
  return texts;
}

function encodingsOf(secret: string): Encoding[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const goJson = json.replace(/[<>&]/g, unicodeEscape);
  const python = json.replaceAll('\\"', '"');
  const url = encodeURIComponent(secret);
  const form = new URLSearchParams({ "": secret }).toString().slice(1);
  const html = escaped(secret, /[&<>]/g, "dec");
  return [
    { how: "plain", text: secret },
    { how: "JSON", text: json },
    { how: "JSON in JSON", text: JSON.stringify(json).slice(1, -1) },
    { how: "JSON in ASCII", text: json.replace(/[^ -~]/g, unicodeEscape) },
    { how: "JSON of Go", text: goJson },
    { how: "JSON of Go in JSON", text: JSON.stringify(goJson).slice(1, -1) },
    { how: "Python", text: python },
    { how: "Python", text: python.replaceAll("'", "\\'") },
    { how: "URL", text: url },
    { how: "URL", text: lowerCaseHex(url) },
    { how: "URL", text: url.replaceAll("%20", "+") },
    { how: "form", text: form },
    { how: "form", text: lowerCaseHex(form) },
    { how: "HTML", text: html },
    { how: "HTML", text: escaped(secret, /[&<>"']/g, "dec") },
    { how: "HTML", text: escaped(secret, /[&<>"']/g, "hex") },
    { how: "HTML", text: html.replaceAll('"', "&quot;").replaceAll("'", "&apos;") },
    { how: "hexadecimal", text: Buffer.from(secret).toString("hex") },
    ...[secret, json].flatMap(base64Of),
  ];
}

/** The characters of base64 that depend on the secret alone, regardless of the bytes around it. */
function base64Of(secret: string): Encoding[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const core = text.slice(
      Math.ceil((before * 4) / 3),
      Math.floor(((before + bytes.length) * 4) / 3),
    );
    const urlSafe = core.replaceAll("+", "-").replaceAll("/", "_");
    return [core, urlSafe].map((one) => ({ how: `base64 from byte ${before}`, text: one }));
  });
}

const NAMES: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot" };

/** HTML entities: names for the four common characters, numbers for the others. */
function escaped(secret: string, signs: RegExp, numbers: "dec" | "hex"): string {
  return secret.replace(signs, (sign) => {
    const code = sign.charCodeAt(0);
    return `&${NAMES[sign] ?? (numbers === "dec" ? `#${code}` : `#x${code.toString(16)}`)};`;
  });
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function lowerCaseHex(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
}

function around(text: string, found: string): string {
  const at = text.indexOf(found);
  return JSON.stringify(text.slice(Math.max(0, at - 60), at + found.length + 20));
}

function parentOf(value: object): object | null {
  return Object.getPrototypeOf(value) as object | null;
}

/** Whether a prototype is built in; its getters are skipped, since they would lead through all of Node. */
function isBuiltIn(prototype: object): boolean {
  return [Object, Function, Array, Map, Set, Promise, Buffer].some(
    (one) => one.prototype === prototype,
  );
}

/** The value of a property; undefined if its getter throws. */
function valueAt(value: object, key: PropertyKey): unknown {
  try {
    return (value as Record<PropertyKey, unknown>)[key];
  } catch {
    return undefined;
  }
}
