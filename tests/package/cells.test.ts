import { CELLS, CHOICES, isPossible, QUICK, type Cell } from "./cells";

/** Every two choices of a cell, as texts. */
function pairsOf(cell: Partial<Cell>): string[] {
  const choices = Object.entries(cell);
  return choices.flatMap(([name, choice], index) =>
    choices.slice(index + 1).map(([other, its]) => `${name} ${choice} + ${other} ${its}`),
  );
}

it("brings every two choices together that are possible together", () => {
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

it("tries nothing that is impossible", () => {
  expect(CELLS.filter((cell) => !isPossible(cell))).toEqual([]);
});

it("tries both managers, both places and both kinds of modules in a quick run", () => {
  const seen = new Set(QUICK.flatMap(({ manager, place, program }) => [manager, place, program]));
  expect([...seen].sort()).toEqual(
    ["npm", "pnpm", "copied", "linked", "CommonJS", "ESM, compiled"].sort(),
  );
});
