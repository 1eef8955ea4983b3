import { escapeControlCharacters } from "../../../provider/controlCharacters";

const GAP = "  ";

/**
 * The lines of each row, for a terminal. A column is as wide as its widest cell, up to its limit. With
 * `breaks`, a wider cell continues on the next line after a space; without, it shifts the rest of its
 * row. Nothing is cut. Control characters in cells are escaped.
 */
export function inColumns(
  rows: readonly (readonly string[])[],
  { limits, breaks }: { limits: readonly number[]; breaks: boolean },
): string[][] {
  const limitOf = (column: number) => limits[column] ?? Infinity;
  const broken = rows.map((row) =>
    row.map((cell, c) => brokenAt(breaks ? limitOf(c) : Infinity, escapeControlCharacters(cell))),
  );
  const widths: number[] = [];
  for (const row of broken) {
    for (const [c, lines] of row.entries()) {
      const widest = Math.min(limitOf(c), Math.max(...lines.map(widthOf)));
      widths[c] = Math.max(widths[c] ?? 0, widest);
    }
  }
  return broken.map((row) => {
    const height = Math.max(...row.map(({ length }) => length));
    return Array.from({ length: height }, (_, line) =>
      row
        .map((lines, c) => padded(lines[line] ?? "", widths[c]!))
        .join(GAP)
        .trimEnd(),
    );
  });
}

function brokenAt(limit: number, text: string): string[] {
  const lines = [""];
  for (const word of text.split(/(?<= )/)) {
    const line = lines.at(-1)!;
    if (line !== "" && widthOf((line + word).trimEnd()) > limit) lines.push(word);
    else lines[lines.length - 1] = line + word;
  }
  return lines.map((line) => line.trimEnd());
}

function padded(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/** East Asian wide characters and emoji, which are two columns wide. */
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/gu;

/** The width of a text on a terminal, in columns of one character. */
function widthOf(text: string): number {
  return text
    .replace(/\p{M}/gu, "")
    .replace(WIDE, "xx")
    .replace(/[^\0-\uffff]/gu, "x").length;
}
