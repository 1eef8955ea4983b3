const HIDDEN = "(hidden)";

/** A secret of fewer characters is hidden only where it stands in quotes: it could be part of any word. */
const SHORTEST = 4;

/** Characters at the end of a trace by which it is found; no trace has fewer. */
const END = 3;

/** How much of a refusal is looked at, in characters: all of it, one text, and what is shown of that. */
const LOOKED_AT = 65_536;
const LOOKED_AT_OF_ONE = 16_384;
const SHOWN = 4_096;

/** A server has its faults two levels deep. */
const DEEPEST = 8;

/** Characters at most that a writing takes for one of a secret, such as `%255Cu0069`. */
const WIDEST = 10;

/** The secrets that a process has met, so that none is repeated from the words of a server. */
export class Secrets {
  private readonly kept = new Set<string>();
  /** By what a trace ends in, so that of a thousand secrets only a few are looked for. */
  private readonly byEnd = new Map<string, Set<Traces>>();
  private longest = 0;

  /** Keeps what is a text; anything else cannot be a secret. */
  keep(value: unknown): void {
    if (typeof value !== "string" || value === "" || this.kept.has(value)) return;
    this.kept.add(value);
    this.longest = Math.max(this.longest, value.length);
    const traces = tracesOf(value);
    const { writings, base64, bare } = traces;
    for (const trace of [...writings, ...base64, ...(bare === undefined ? [] : [bare])]) {
      const end = trace.slice(-END);
      this.byEnd.set(end, (this.byEnd.get(end) ?? new Set()).add(traces));
    }
  }

  /** A text without any of them, in whatever writing: see {@link hide}. */
  hide(text: string): string {
    const likely = new Set<Traces>();
    for (const one of [text, bareOf(text)]) {
      for (let at = END; at <= one.length; at += 1) {
        for (const traces of this.byEnd.get(one.slice(at - END, at)) ?? []) likely.add(traces);
      }
    }
    return hideTraces(text, [...likely]);
  }

  /**
   * Parsed JSON without any of them in its texts and names. Of a word of letters alone, such as the
   * type of a fault, nothing is hidden but all of it. However large it is, only so much is looked at
   * as a message may need: a longer text ends in `...`, and what lies deeper or later is left out.
   */
  hideIn<T>(value: T): T;
  hideIn(value: unknown): unknown {
    return this.excerptOf(value, { left: LOOKED_AT }, 0);
  }

  private excerptOf(value: unknown, room: Room, depth: number): unknown {
    if (typeof value === "string") return this.excerpt(value, room);
    if (typeof value !== "object" || value === null) return value;
    if (depth === DEEPEST) return undefined;
    const parts: [string, unknown][] = [];
    for (const [name, one] of Object.entries(value)) {
      room.left -= 1;
      if (room.left <= 0) break;
      const key = Array.isArray(value) ? name : this.excerpt(name, room);
      parts.push([key, this.excerptOf(one, room, depth + 1)]);
    }
    return Array.isArray(value) ? parts.map(([, one]) => one) : Object.fromEntries(parts);
  }

  private excerpt(text: string, room: Room): string {
    const isWord = text.length <= SHOWN && /^[A-Za-z]+$/.test(text);
    if (isWord && !this.kept.has(text)) return text;
    const seen = text.slice(0, Math.min(LOOKED_AT_OF_ONE, Math.max(0, room.left)));
    room.left -= seen.length;
    const clean = this.hide(seen);
    // At the cut stands perhaps the first part of a secret, by which it is not found.
    const unsure = seen.length < text.length ? WIDEST * this.longest : 0;
    const end = Math.min(SHOWN, clean.length - unsure);
    if (end <= 0 && text !== "") return HIDDEN;
    return end === clean.length && unsure === 0 ? clean : `${clean.slice(0, end)}...`;
  }
}

/** How many characters may still be looked at. */
interface Room {
  left: number;
}

/**
 * A text without those secrets, in any writing that a server may echo them in: as JSON, as Python's
 * repr, in a URL, in a form, as HTML, in base64. Where one is there in yet another writing, the
 * whole text is hidden. A secret of under 4 characters is hidden only where it stands in quotes,
 * since it could be a part of any word.
 */
export function hide(text: string, secrets: readonly string[]): string {
  return hideTraces(
    text,
    secrets.filter((secret) => secret !== "").map((secret) => tracesOf(secret)),
  );
}

/** By what a secret is found. */
interface Traces {
  readonly writings: readonly string[];
  /** What base64 makes of it, wherever it begins. */
  readonly base64: readonly string[];
  /** Undefined for a secret that is too short. */
  readonly bare: string | undefined;
}

function tracesOf(secret: string): Traces {
  const writings = [...new Set(writingsOf(secret))];
  if (secret.length < SHORTEST) {
    const quoted = writings.flatMap((one) =>
      one.length >= SHORTEST ? [one] : [`'${one}'`, `"${one}"`, `\`${one}\``],
    );
    return { writings: quoted, base64: [], bare: undefined };
  }
  const base64 = [...new Set(writings.flatMap(base64Of))];
  const bare = bareOf(secret);
  return { writings, base64, bare: bare.length < SHORTEST ? undefined : bare };
}

function hideTraces(text: string, traces: readonly Traces[]): string {
  const clean = traces
    .flatMap(({ writings }) => writings.filter((writing) => text.includes(writing)))
    .sort((a, b) => b.length - a.length)
    .reduce((left, writing) => left.replaceAll(writing, HIDDEN), text);
  const coded = traces.flatMap(({ base64 }) => base64.filter((core) => clean.includes(core)));
  const decoded = coded.reduce(
    (left, core) => left.replace(/[\w+/-]+={0,2}/g, (run) => (run.includes(core) ? HIDDEN : run)),
    clean,
  );
  const bare = decoded.split(HIDDEN).map(bareOf);
  const isThere = traces.some((one) => bare.some((part) => one.bare && part.includes(one.bare)));
  return isThere ? HIDDEN : decoded;
}

const HTML: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const BEYOND_ASCII = /[^\0-\x7f]/g;

/**
 * Plain, as JSON, as Python's repr with either quote, URL-encoded, form-encoded, as HTML, and as a header
 * field has it that knows ASCII or Latin-1 alone.
 */
function writingsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const python = json.replaceAll('\\"', '"');
  const url = encodeURIComponent(Buffer.from(secret).toString());
  const form = new URLSearchParams({ "": secret }).toString().slice(1);
  return [
    secret,
    json,
    python,
    python.replaceAll("'", "\\'"),
    inAscii(json),
    url,
    url.replaceAll("%20", "+"),
    form,
    ...[/[&<>]/g, /[&<>"']/g].map((signs) => secret.replace(signs, (sign) => HTML[sign]!)),
    ...[BEYOND_ASCII, /[^\0-\x7f]/gu].map((signs) => secret.replace(signs, "?")),
    Buffer.from(secret).toString("latin1"),
  ];
}

/** As a Python server writes JSON. */
function inAscii(json: string): string {
  return json.replace(
    BEYOND_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The characters that depend on the secret alone, for each place at which it may begin. */
function base64Of(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const coded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    const [first, end] = [(before * 8) / 6, ((before + bytes.length) * 8) / 6];
    const core = coded.slice(Math.ceil(first), Math.floor(end));
    return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** A text with every way to write a character another way undone, however often it was done. */
function bareOf(text: string): string {
  let bare = text;
  for (let round = 0; round < 4; round += 1) {
    const before = bare;
    bare = bare
      .replace(/&(amp|lt|gt|quot|apos);/g, (_all, name: string) => ENTITIES[name]!)
      .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (all, hex?: string, decimal?: string) =>
        character(hex === undefined ? Number(decimal) : parseInt(hex, 16), all),
      )
      .replace(/\\u([0-9a-f]{4})/gi, (all, hex: string) => character(parseInt(hex, 16), all))
      .replace(/(?:(?:%|\\x)[0-9a-f]{2})+/gi, (bytes) =>
        Buffer.from(bytes.replace(/%|\\x/gi, ""), "hex").toString(),
      );
    if (bare === before) break;
  }
  return bare
    .replace(/\\+[bfnrt]|[+\s\p{Cc}]/gu, " ")
    .replaceAll("\\", "")
    .replace(/ +/g, " ");
}

function character(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}
