/**
 * The seed of inputs that are generated in great number: always the same one, unless VPNAAS_SEED
 * gives another, or is `fresh`.
 */
export const seed = seedOf(process.env["VPNAAS_SEED"]);

function seedOf(given: string | undefined): number {
  if (given === "fresh") return Date.now() % 2 ** 31;
  return given === undefined || given === "" ? 20_260_523 : Number(given);
}
