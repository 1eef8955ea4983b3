/** Characters that a terminal would interpret, that are invisible, or that reverse text. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/**
 * Foreign text as one line that a terminal displays without interpreting it: control characters,
 * line ends and invisible characters are escaped, such as `\x1b` or `\u{202e}`. Plain text is
 * unchanged.
 */
export function escapeControlCharacters(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const hex = character.codePointAt(0)!.toString(16);
    return hex.length <= 2 ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`;
  });
}

/**
 * Our own text that contains foreign text: like {@link escapeControlCharacters}, but keeps line
 * ends.
 */
export function plainLines(text: string): string {
  return text.split("\n").map(escapeControlCharacters).join("\n");
}
