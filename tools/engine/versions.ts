/**
 * Compares the first three numbers in two texts such as `v3.232.0` and `go1.26`; a missing number
 * counts as 0. Negative if `a` is older, 0 if equal, positive if `a` is newer.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => (text.match(/\d+/g) ?? []).map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
