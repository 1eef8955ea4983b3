/** The most characters that a notation uses for one character of a secret, such as `%255Cu0069`. */
export const MAX_EXPANSION = 10;

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
export function notationsOf(secret: string): string[] {
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
export function base64Of(secret: string): string[] {
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
export function removeEscapes(text: string): string {
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
