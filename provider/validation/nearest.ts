/**
 * The known name that a misspelled one most likely means, in any case and with any `_` and `-`:
 * undefined if more than a third of its characters differ, or a digit, which changes the meaning.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  const given = plain(name);
  const mostChanges = given.length / 3;
  // A distance takes longer than its lower bound, the difference of the lengths.
  const isPossible = (one: string) =>
    digitsOf(one) === digitsOf(name) && Math.abs(plain(one).length - given.length) <= mostChanges;
  const [first] = known
    .filter(isPossible)
    .map((one) => ({ one, distance: editDistance(given, plain(one)) }))
    .filter(({ distance }) => distance <= mostChanges)
    .sort((a, b) => a.distance - b.distance);
  return first?.one;
}

/** The end of a reason that names the probable meaning of a misspelled name or value. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? "" : `: did you mean ${suggestion}?`;
}

/** The distance of longer strings takes long, and they are not misspelled names. */
const MAX_LENGTH = 64;

function digitsOf(name: string): string {
  return name.replaceAll(/\D/g, "");
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, "");
}

/**
 * The number of characters to insert, delete, replace or swap with their neighbor (optimal string
 * alignment).
 */
function editDistance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? rows[i - 2]![j - 2]! + 1 : Infinity;
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return rows.at(-1)!.at(-1)!;
}
