import { CELLS, CHOICES, isPossible, QUICK, type Cell } from "./cells";

/** Every pair of a cell's choices, as strings. */
function pairsOf(cell: Partial<Cell>): string[] {
  const choices = Object.entries(cell);
  return choices.flatMap(([name, choice], index) =>
    choices.slice(index + 1).map(([other, its]) => `${name} ${choice} + ${other} ${its}`),
  );
}

it("the cells contain every possible pair of choices", () => {
  const dimensions = Object.entries(CHOICES);
  const wanted = dimensions.flatMap(([name, choices], index) =>
    dimensions
      .slice(index + 1)
      .flatMap(([other, others]) =>
        choices.flatMap((one) =>
          others.flatMap((two) =>
            isPossible({ [name]: one, [other]: two }) ? pairsOf({ [name]: one, [other]: two }) : [],
          ),
        ),
      ),
  );
  expect(wanted.filter((pair) => !CELLS.flatMap(pairsOf).includes(pair))).toEqual([]);
});

it("the cells contain no impossible pair", () => {
  expect(CELLS.filter((cell) => !isPossible(cell))).toEqual([]);
});

it("a quick run contains both managers, both places and both kinds of modules", () => {
  const seen = new Set(QUICK.flatMap(({ manager, place, program }) => [manager, place, program]));
  expect([...seen].sort()).toEqual(
    ["npm", "pnpm", "copied", "linked", "CommonJS", "ESM, compiled"].sort(),
  );
});
