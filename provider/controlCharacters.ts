/** What a terminal obeys instead of showing it, and what is seen nowhere or turns text around. */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/**
 * A text of strangers as one line that is shown and not obeyed: control characters, line ends and
 * whatever cannot be seen are written out, such as `\x1b` or `\u{202e}`. Of a text that is plain
 * already nothing changes.
 */
export function escapeControlCharacters(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const hex = character.codePointAt(0)!.toString(16);
    return hex.length <= 2 ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`;
  });
}

/** A text of ours in which texts of strangers stand: as {@link escapeControlCharacters}, but line ends stay. */
export function plainLines(text: string): string {
  return text.split("\n").map(escapeControlCharacters).join("\n");
}
