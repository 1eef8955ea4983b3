import { PeerFileError } from "./peerFileError";

/** A section of a file in the notation of strongswan.conf. */
export interface Section {
  readonly values: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, Section>;
}

interface OpenSection extends Section {
  readonly values: Map<string, string>;
  readonly sections: Map<string, OpenSection>;
}

/** One token with whitespace and comments before it: a brace, a `key =`, or the head of a section. */
const TOKEN =
  /(?:\s|#[^\n]*)*(?:(?<close>\})|(?<key>[^\s{}#=:"]+)[ \t]*(?:=[ \t]*|(?<parents>:[^{}#=\n]*)?\s*(?<open>\{)))/y;
const VALUE = /(?:"(?:[^"\\]|\\[^])*"|[^"#}\n])*/y;

/**
 * Reads sections, values, quotes, comments, and references to other sections (`name : other`).
 * A line `include` is left out.
 * @throws PeerFileError
 */
export function parseSections(text: string): Section {
  const source = text.replace(/^[ \t]*include[ \t].*$/gm, "");
  const root = section();
  const stack = [root];
  const inherited: [OpenSection, string[]][] = [];
  let at = 0;
  for (;;) {
    const groups = match(TOKEN, source, at);
    if (groups === undefined) break;
    at = TOKEN.lastIndex;
    const { close, key, parents, open } = groups;
    const current = stack.at(-1)!;
    if (close !== undefined) {
      if (stack.length === 1) throw errorAt(source, at, "closes a section that is not open");
      stack.pop();
    } else if (open !== undefined) {
      const inner = current.sections.get(key!) ?? section();
      current.sections.set(key!, inner);
      if (parents !== undefined) inherited.push([inner, parents.slice(1).split(",")]);
      stack.push(inner);
    } else {
      match(VALUE, source, at);
      current.values.set(key!, valueOf(source.slice(at, VALUE.lastIndex)));
      at = VALUE.lastIndex;
    }
  }
  if (/[^\s]/.test(source.slice(at).replace(/#.*$/gm, ""))) {
    throw errorAt(source, at, "is neither a section nor a value");
  }
  if (stack.length > 1) throw errorAt(source, at, "leaves a section open");
  for (const [inner, names] of inherited) inherit(root, inner, names);
  return root;
}

function section(): OpenSection {
  return { values: new Map(), sections: new Map() };
}

function match(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  return found === null ? undefined : (found.groups ?? {});
}

/** A value without its quotes and escapes. */
function valueOf(raw: string): string {
  return raw
    .trim()
    .replace(/"((?:[^"\\]|\\[^])*)"/g, (_all, quoted: string) =>
      quoted.replace(/\\([^])/g, (_pair, one: string) => ESCAPES[one] ?? one),
    );
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** Adds the values of other sections that a section refers to by their paths, such as `connections.a`. */
function inherit(root: OpenSection, to: OpenSection, paths: readonly string[]): void {
  for (const path of paths) {
    const from = path
      .trim()
      .split(".")
      .reduce<OpenSection | undefined>((one, name) => one?.sections.get(name), root);
    if (from !== undefined) addMissing(to, from);
  }
}

function addMissing(to: OpenSection, from: OpenSection): void {
  for (const [key, value] of from.values) if (!to.values.has(key)) to.values.set(key, value);
  for (const [name, inner] of from.sections) {
    const own = to.sections.get(name) ?? section();
    to.sections.set(name, own);
    if (own !== inner) addMissing(own, inner);
  }
}

function errorAt(text: string, at: number, problem: string): PeerFileError {
  const line = text.slice(0, at).trimEnd().split("\n").length;
  return new PeerFileError(`line ${line} ${problem}`);
}
