const REDACTED = "(hidden)";

/** A shorter secret is redacted only inside quotes: it could be part of any word. */
const MIN_LENGTH = 4;

/** The number of final characters that index a trace; no trace is shorter. */
const INDEX_LENGTH = 3;

/** The limits for a refusal, in characters: in all, per string, and shown of a string. */
const MAX_TOTAL = 65_536;
const MAX_STRING = 16_384;
const MAX_SHOWN = 4_096;

/** Servers nest their errors two levels deep. */
const MAX_DEPTH = 8;

/** The most characters that a notation uses for one character of a secret, such as `%255Cu0069`. */
const MAX_EXPANSION = 10;

/** The secrets that a process has met; redacts them from the messages of servers. */
export class Secrets {
  private readonly kept = new Set<string>();
  /**
   * Traces by their final characters, so that only a few of a thousand secrets are searched for.
   */
  private readonly byEnd = new Map<string, Set<Traces>>();
  private longest = 0;

  /** Keeps a string; any other value cannot be a secret. */
  keep(value: unknown): void {
    if (typeof value !== "string" || value === "" || this.kept.has(value)) return;
    this.kept.add(value);
    this.longest = Math.max(this.longest, value.length);
    const traces = tracesOf(value);
    const { notations, base64, unescaped } = traces;
    for (const trace of [
      ...notations,
      ...base64,
      ...(unescaped === undefined ? [] : [unescaped]),
    ]) {
      const end = trace.slice(-INDEX_LENGTH);
      this.byEnd.set(end, (this.byEnd.get(end) ?? new Set()).add(traces));
    }
  }

  /** The text with all secrets redacted, in any notation: see {@link redact}. */
  redact(text: string): string {
    const candidates = new Set<Traces>();
    for (const one of [text, removeEscapes(text)]) {
      for (let at = INDEX_LENGTH; at <= one.length; at += 1) {
        for (const traces of this.byEnd.get(one.slice(at - INDEX_LENGTH, at)) ?? [])
          candidates.add(traces);
      }
    }
    return redactTraces(text, [...candidates]);
  }

  /**
   * Parsed JSON with all secrets redacted from its strings and names. A purely alphabetic string,
   * such as an error type, is redacted only if it equals a secret. However large the value is, only
   * as much is processed as a message may need: a longer string ends in `...`, and deeper or later
   * parts are left out.
   */
  redactIn<T>(value: T): T;
  redactIn(value: unknown): unknown {
    return this.excerptOf(value, { left: MAX_TOTAL }, 0);
  }

  private excerptOf(value: unknown, budget: Budget, depth: number): unknown {
    if (typeof value === "string") return this.excerpt(value, budget);
    if (typeof value !== "object" || value === null) return value;
    if (depth === MAX_DEPTH) return undefined;
    const parts: [string, unknown][] = [];
    for (const [name, one] of Object.entries(value)) {
      budget.left -= 1;
      if (budget.left <= 0) break;
      const key = Array.isArray(value) ? name : this.excerpt(name, budget);
      parts.push([key, this.excerptOf(one, budget, depth + 1)]);
    }
    return Array.isArray(value) ? parts.map(([, one]) => one) : Object.fromEntries(parts);
  }

  private excerpt(text: string, budget: Budget): string {
    const isWord = text.length <= MAX_SHOWN && /^[A-Za-z]+$/.test(text);
    if (isWord && !this.kept.has(text)) return text;
    const seen = text.slice(0, Math.min(MAX_STRING, Math.max(0, budget.left)));
    budget.left -= seen.length;
    const clean = this.redact(seen);
    // The cut may leave the first part of a secret, which the search does not find.
    const uncertain = seen.length < text.length ? MAX_EXPANSION * this.longest : 0;
    const end = Math.min(MAX_SHOWN, clean.length - uncertain);
    if (end <= 0 && text !== "") return REDACTED;
    return end === clean.length && uncertain === 0 ? clean : `${clean.slice(0, end)}...`;
  }
}

/** The number of characters that may still be processed. */
interface Budget {
  left: number;
}

/**
 * The text with those secrets redacted, in any notation in which a server may echo them: as JSON,
 * as Python's repr, in a URL, in a form, as HTML, in base64. If a secret occurs in yet another
 * notation, the whole text is redacted. A secret of fewer than 4 characters is redacted only inside
 * quotes, since it could be part of any word.
 */
export function redact(text: string, secrets: readonly string[]): string {
  return redactTraces(
    text,
    secrets.filter((secret) => secret !== "").map((secret) => tracesOf(secret)),
  );
}

/** The strings that reveal a secret. */
interface Traces {
  readonly notations: readonly string[];
  /** The base64 notation, for any position of the secret. */
  readonly base64: readonly string[];
  /** The secret without any escapes; undefined if it is too short. */
  readonly unescaped: string | undefined;
}

function tracesOf(secret: string): Traces {
  const notations = [...new Set(notationsOf(secret))];
  if (secret.length < MIN_LENGTH) {
    const quoted = notations.flatMap((one) =>
      one.length >= MIN_LENGTH ? [one] : [`'${one}'`, `"${one}"`, `\`${one}\``],
    );
    return { notations: quoted, base64: [], unescaped: undefined };
  }
  const base64 = [...new Set(notations.flatMap(base64Of))];
  const unescaped = removeEscapes(secret);
  return { notations, base64, unescaped: unescaped.length < MIN_LENGTH ? undefined : unescaped };
}

function redactTraces(text: string, traces: readonly Traces[]): string {
  const clean = traces
    .flatMap(({ notations }) => notations.filter((notation) => text.includes(notation)))
    .sort((a, b) => b.length - a.length)
    .reduce((left, notation) => left.replaceAll(notation, REDACTED), text);
  const coded = traces.flatMap(({ base64 }) => base64.filter((core) => clean.includes(core)));
  const decoded = coded.reduce(
    (left, core) => left.replace(/[\w+/-]+={0,2}/g, (run) => (run.includes(core) ? REDACTED : run)),
    clean,
  );
  const unescaped = decoded.split(REDACTED).map(removeEscapes);
  const isLeft = traces.some((one) =>
    unescaped.some((part) => one.unescaped && part.includes(one.unescaped)),
  );
  return isLeft ? REDACTED : decoded;
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
 * The secret plain, as JSON, as Python's repr with either quote, URL-encoded, form-encoded, as
 * HTML, and as it appears in a header field that is limited to ASCII or Latin-1.
 */
function notationsOf(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const python = json.replaceAll('\\"', '"');
  const url = encodeURIComponent(Buffer.from(secret).toString());
  const form = new URLSearchParams({ "": secret }).toString().slice(1);
  return [
    secret,
    json,
    python,
    python.replaceAll("'", "\\'"),
    toAscii(json),
    url,
    url.replaceAll("%20", "+"),
    form,
    ...[/[&<>]/g, /[&<>"']/g].map((signs) => secret.replace(signs, (sign) => HTML[sign]!)),
    ...[BEYOND_ASCII, /[^\0-\x7f]/gu].map((signs) => secret.replace(signs, "?")),
    Buffer.from(secret).toString("latin1"),
  ];
}

/** JSON as a Python server writes it. */
function toAscii(json: string): string {
  return json.replace(
    BEYOND_ASCII,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * The base64 characters that depend only on the secret, for each position at which it may begin.
 */
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

/** The text with all escapes undone, even nested ones (up to four levels). */
function removeEscapes(text: string): string {
  let unescaped = text;
  for (let round = 0; round < 4; round += 1) {
    const before = unescaped;
    unescaped = unescaped
      .replace(/&(amp|lt|gt|quot|apos);/g, (_all, name: string) => ENTITIES[name]!)
      .replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/gi, (all, hex?: string, decimal?: string) =>
        character(hex === undefined ? Number(decimal) : parseInt(hex, 16), all),
      )
      .replace(/\\u([0-9a-f]{4})/gi, (all, hex: string) => character(parseInt(hex, 16), all))
      .replace(/(?:(?:%|\\x)[0-9a-f]{2})+/gi, (bytes) =>
        Buffer.from(bytes.replace(/%|\\x/gi, ""), "hex").toString(),
      );
    if (unescaped === before) break;
  }
  return unescaped
    .replace(/\\+[bfnrt]|[+\s\p{Cc}]/gu, " ")
    .replaceAll("\\", "")
    .replace(/ +/g, " ");
}

function character(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}
