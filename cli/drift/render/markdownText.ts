import { escapeControlCharacters } from "../../../provider/controlCharacters";

/**
 * A text of strangers as Markdown's code, for a line or a cell of a table: nothing in it is markup,
 * HTML, a link, or pings anyone. Empty for an empty text.
 */
export function code(text: string): string {
  if (text === "") return "";
  // A cell ends at a bar even in code, and at one behind an even number of backslashes too.
  const content = escapeControlCharacters(text).replace(/(\\*)\|/g, "$1$1\\|");
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^[ `]|[ `]$/.test(content) ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
}

/** What stands between blanks, or in backticks, with the punctuation around it apart. */
const PIECES = /(?<=^|\s)([("]?)(?:`([^`]+)`|(\S+?))([.,;:?)"]*)(?=\s|$)/g;

/** Words and numbers. Everything else might mean something to Markdown or to GitHub. */
const PLAIN = /^(?:\p{L}+(?:['-]\p{L}+)*|\d+(?:[.:-]\d+)*)$/u;

/** A sentence as Markdown: words and numbers as they are, everything that is neither as {@link code}. */
export function prose(sentence: string): string {
  const tell = (...[, begin, quoted, other = "", end, offset]: Piece) => {
    const beginsList = offset === 0 && /^\d+$/.test(other) && /^[.)]/.test(end);
    const isPlain = quoted === undefined && PLAIN.test(other) && !beginsList;
    return `${begin}${isPlain ? other : code(quoted ?? other)}${end}`;
  };
  return escapeControlCharacters(sentence).replace(PIECES, tell);
}

type Piece = [
  all: string,
  begin: string,
  quoted: string | undefined,
  other: string | undefined,
  end: string,
  offset: number,
];
