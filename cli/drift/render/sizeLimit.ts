/** A comment on GitHub may have 65,536 characters; the rest is for what a workflow adds. */
const MOST_CHARACTERS = 60_000;

/** Rows, of which as many are written as there is room for, with the lines around them. */
export interface Section {
  readonly before: readonly string[];
  readonly rows: readonly string[];
  readonly after: readonly string[];
}

/** A section with rows, or none. */
export function section(
  before: readonly string[],
  rows: readonly string[],
  after: readonly string[] = [],
): Section[] {
  return rows.length === 0 ? [] : [{ before, rows, after }];
}

/**
 * The lines of the sections, so that together with other `lines` they have at most 60,000
 * characters. Rows that do not fit are left out, and their number stands in their place; earlier
 * sections have their rows first.
 */
export function fitted(sections: readonly Section[], lines: readonly string[]): string[] {
  const frames = sections.flatMap(({ before, rows, after }) => [
    ...before,
    ...leftOut(rows.length),
    ...after,
  ]);
  let room = MOST_CHARACTERS - lengthOf([...lines, ...frames]);
  return sections.flatMap(({ before, rows, after }) => {
    const kept = rows.filter((row) => {
      const fits = lengthOf([row]) <= room;
      if (fits) room -= lengthOf([row]);
      return fits;
    });
    return [...before, ...kept, ...leftOut(rows.length - kept.length), ...after];
  });
}

function leftOut(rows: number): string[] {
  return rows === 0 ? [] : ["", `${rows} more are left out: there is no room.`];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, { length }) => sum + length + 1, 0);
}
