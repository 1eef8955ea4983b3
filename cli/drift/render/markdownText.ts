import { escapeControlCharacters } from "../../../provider/controlCharacters";

/**
 * Untrusted text as Markdown code, for a line or a table cell: it cannot act as markup, HTML, a link
 * or a mention. Empty for an empty text.
 */
export function code(text: string): string {
  if (text === "") return "";
  // A bar ends a cell even in code, and also after an even number of backslashes.
  const content = escapeControlCharacters(text).replace(/(\\*)\|/g, "$1$1\\|");
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^[ `]|[ `]$/.test(content) ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
}

/** Words between whitespace, and code between backticks, apart from the punctuation around them. */
const PIECES = /(?<=^|\s)([("]?)(?:`([^`]+)`|(\S+?))([.,;:?)"]*)(?=\s|$)/g;

/** Words and numbers. Markdown or GitHub might interpret all other text. */
const PLAIN = /^(?:\p{L}+(?:['-]\p{L}+)*|\d+(?:[.:-]\d+)*)$/u;

/** A sentence as Markdown: words and numbers unchanged, all other pieces as {@link code}. */
export function prose(sentence: string): string {
  const render = (...[, begin, quoted, other = "", end, offset]: Piece) => {
    const beginsList = offset === 0 && /^\d+$/.test(other) && /^[.)]/.test(end);
    const isPlain = quoted === undefined && PLAIN.test(other) && !beginsList;
    return `${begin}${isPlain ? other : code(quoted ?? other)}${end}`;
  };
  return escapeControlCharacters(sentence).replace(PIECES, render);
}

type Piece = [
  all: string,
  begin: string,
  quoted: string | undefined,
  other: string | undefined,
  end: string,
  offset: number,
];
