/** A comment on GitHub may have 65,536 characters; the rest is reserved for additions of a workflow. */
const MOST_CHARACTERS = 60_000;

/** Rows that may be left out for lack of space, with the lines around them. */
export interface Section {
  readonly before: readonly string[];
  readonly rows: readonly string[];
  readonly after: readonly string[];
}

/** A section, or nothing if there are no rows. */
export function section(
  before: readonly string[],
  rows: readonly string[],
  after: readonly string[] = [],
): Section[] {
  return rows.length === 0 ? [] : [{ before, rows, after }];
}

/**
 * The lines of the sections, at most 60,000 characters together with the other `lines`. Rows beyond
 * that are replaced by their number; earlier sections take precedence.
 */
export function fitted(sections: readonly Section[], lines: readonly string[]): string[] {
  const frames = sections.flatMap(({ before, rows, after }) => [
    ...before,
    ...leftOut(rows.length),
    ...after,
  ]);
  let available = MOST_CHARACTERS - lengthOf([...lines, ...frames]);
  return sections.flatMap(({ before, rows, after }) => {
    const kept = rows.filter((row) => {
      const fits = lengthOf([row]) <= available;
      if (fits) available -= lengthOf([row]);
      return fits;
    });
    return [...before, ...kept, ...leftOut(rows.length - kept.length), ...after];
  });
}

function leftOut(rows: number): string[] {
  return rows === 0
    ? []
    : ["", `${rows} more are left out, because the comment would be too long.`];
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, { length }) => sum + length + 1, 0);
}
