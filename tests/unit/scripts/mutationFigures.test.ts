import { figuresOf, foldersOf } from "../../../scripts/mutationFigures";

const mutants = (...statuses: readonly string[]) => ({
  mutants: statuses.map((status) => ({ mutatorName: "StringLiteral", status })),
});

it("the mutation score counts a timeout as detected and a mutant without coverage as undetected", () => {
  const files = { "provider/wait/a.ts": mutants("Killed", "Timeout", "Survived", "NoCoverage") };
  expect(foldersOf({ files })).toEqual([expect.objectContaining({ score: 50 })]);
});

it("the mutation score excludes mutants that do not measure the tests", () => {
  const files = { "provider/wait/a.ts": mutants("Killed", "RuntimeError", "Ignored") };
  expect(foldersOf({ files })).toEqual([expect.objectContaining({ score: 100, leftOut: 2 })]);
});

it("the mutation score groups the files of a folder", () => {
  const files = {
    "provider/wait/a.ts": mutants("Killed"),
    "provider/lifecycle/b.ts": mutants("Survived"),
    "provider/wait/c.ts": mutants("Survived"),
  };
  expect(foldersOf({ files }).map(({ name, score }) => [name, score])).toEqual([
    ["provider/lifecycle", 0],
    ["provider/wait", 50],
  ]);
});

it("the mutation figures show folders, files and mutator names, and no file without mutants", () => {
  const files = { "provider/wait/a.ts": mutants("Killed"), "provider/wait/empty.ts": mutants() };
  const figures = figuresOf({ files }, "9.6.1");
  expect(figures).toContain("| all | 1 | 0 | 0 | 0 | 0 | 100.0 % |");
  expect(figures).toContain("| provider/wait/a.ts | 1 | 0 | 0 | 0 | 0 | 100.0 % |");
  expect(figures).toContain("| StringLiteral | 1 | 0 | 0 | 0 | 0 | 100.0 % |");
  expect(figures).not.toContain("empty.ts");
});
