/** The values of a connection by key, with those of `%default` and of each `also`. */
export interface ConfSection {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
  /** Whether another connection refers to it. */
  readonly isPart: boolean;
}

/** A section as it stands in the file. */
interface RawSection {
  readonly values: Map<string, string>;
  readonly also: string[];
}

/** The `conn` sections of an ipsec.conf; lines of other sections and unknown lines are left out. */
export function parseConf(text: string): ConfSection[] {
  const sections = new Map<string, RawSection>();
  let current: RawSection | undefined;
  for (const line of text.split(/\r?\n/).map(withoutComment)) {
    const head = /^conn\s+(\S+)/.exec(line);
    if (head !== null) {
      current = sections.get(head[1]!) ?? { values: new Map(), also: [] };
      sections.set(head[1]!, current);
    } else if (/^\S/.test(line)) {
      current = undefined;
    } else if (current !== undefined) {
      const [, key, value] = /^\s+([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      if (key === "also") current.also.push(value!);
      else if (key !== undefined) current.values.set(key.toLowerCase(), unquoted(value!));
    }
  }
  const parts = new Set([...sections.values()].flatMap(({ also }) => also));
  return [...sections.keys()]
    .filter((name) => name !== "%default")
    .map((name) => ({ name, values: complete(name, sections), isPart: parts.has(name) }));
}

/** A line without its comment; `#` within quotes or a word is not one. */
function withoutComment(line: string): string {
  return line.replace(/^((?:[^"#]|"[^"]*"|(?<=\S)#)*)#.*$/, "$1").trimEnd();
}

function unquoted(value: string): string {
  return /^"(.*)"$/.exec(value)?.[1] ?? value;
}

function complete(
  name: string,
  sections: ReadonlyMap<string, RawSection>,
  seen: ReadonlySet<string> = new Set(),
): Map<string, string> {
  const section = sections.get(name);
  if (section === undefined || seen.has(name)) return new Map();
  const known = new Set([...seen, name]);
  return new Map([
    ...(seen.size === 0 ? complete("%default", sections, known) : []),
    ...section.also.flatMap((one) => [...complete(one, sections, known)]),
    ...section.values,
  ]);
}
