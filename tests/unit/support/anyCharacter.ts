import fc from "fast-check";

const HALVES = { first: 0xd800, count: 0x800 };

/**
 * Any code point except halves of a pair, for `fc.string({ unit })`. The unit `binary` of fast-check has the same
 * characters, but builds a table of all of them, which takes a second in each file of tests.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .nat(0x10ffff - HALVES.count)
  .map(characterOf, rankOf);

function characterOf(rank: number): string {
  return String.fromCodePoint(rank < HALVES.first ? rank : rank + HALVES.count);
}

/** The inverse, by which fast-check mixes its dangerous texts into the generated ones. Throws for other values. */
function rankOf(value: unknown): number {
  const code = typeof value === "string" ? (value.codePointAt(0) ?? -1) : -1;
  const rank = code < HALVES.first ? code : code - HALVES.count;
  if (rank < 0 || characterOf(rank) !== value) throw new Error("not one character");
  return rank;
}
