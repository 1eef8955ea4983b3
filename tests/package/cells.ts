/** The environments in which the package is tested, and their combinations. */

/** All choices of every dimension. */
export const CHOICES = {
  /** Major versions. */
  node: ["20", "22", "24"],
  pulumi: ["3.216.0", "3.248.0", "3.270.0"],
  typescript: ["5.9.3", "6.0.3"],
  manager: ["npm", "pnpm"],
  /** CommonJS run by Pulumi itself, or an ES module that is compiled or run by ts-node or tsx. */
  program: ["CommonJS", "ESM, compiled", "ESM, ts-node", "ESM, tsx"],
  /** Whether node_modules has a copy of the package, or a link to a folder elsewhere. */
  place: ["copied", "linked"],
} as const;

/** One choice of every dimension. */
export type Cell = {
  readonly [Dimension in keyof typeof CHOICES]: (typeof CHOICES)[Dimension][number];
};

/** Whether choices are compatible as far as other packages decide: see docs/evidence/compatibility.md. */
export function isPossible({ node, pulumi, typescript }: Partial<Cell>): boolean {
  const isTooNew = node === "20" && pulumi === "3.270.0";
  const isTooOld = pulumi === "3.216.0" && typescript === "6.0.3";
  return !isTooNew && !isTooOld;
}

type Row = [
  ...[Cell["node"], Cell["pulumi"], Cell["typescript"]],
  ...[Cell["manager"], Cell["program"], Cell["place"]],
];

const ROWS: readonly Row[] = [
  ["20", "3.216.0", "5.9.3", "npm", "CommonJS", "copied"],
  ["20", "3.216.0", "5.9.3", "pnpm", "ESM, compiled", "linked"],
  ["20", "3.248.0", "6.0.3", "npm", "CommonJS", "copied"],
  ["22", "3.270.0", "6.0.3", "pnpm", "CommonJS", "linked"],
  ["24", "3.270.0", "6.0.3", "pnpm", "ESM, tsx", "copied"],
  ["22", "3.270.0", "5.9.3", "npm", "ESM, ts-node", "linked"],
  ["22", "3.248.0", "5.9.3", "npm", "ESM, tsx", "copied"],
  ["24", "3.248.0", "6.0.3", "pnpm", "ESM, ts-node", "linked"],
  ["24", "3.270.0", "5.9.3", "npm", "ESM, compiled", "copied"],
  ["22", "3.248.0", "6.0.3", "pnpm", "ESM, compiled", "copied"],
  ["22", "3.216.0", "5.9.3", "npm", "ESM, tsx", "linked"],
  ["20", "3.216.0", "5.9.3", "npm", "ESM, ts-node", "copied"],
  ["24", "3.216.0", "5.9.3", "pnpm", "CommonJS", "linked"],
  ["20", "3.248.0", "6.0.3", "pnpm", "ESM, tsx", "copied"],
];

/** The cells of the whole run: every possible pair of choices is in one of them. */
export const CELLS: readonly Cell[] = ROWS.map(
  ([node, pulumi, typescript, manager, program, place]) => ({
    node,
    pulumi,
    typescript,
    manager,
    program,
    place,
  }),
);

/** The cells of a quick run: the oldest versions, with each manager and each kind of module. */
export const QUICK: readonly Cell[] = CELLS.slice(0, 2);
