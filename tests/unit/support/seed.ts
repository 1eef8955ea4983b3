/**
 * The seed of generated inputs: always the same, unless VPNAAS_SEED sets another one or is `fresh`.
 */
export const seed = seedOf(process.env["VPNAAS_SEED"]);

function seedOf(given: string | undefined): number {
  if (given === "fresh") return Date.now() % 2 ** 31;
  return given === undefined || given === "" ? 20_260_523 : Number(given);
}
