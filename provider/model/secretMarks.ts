import type { Values } from "../values";

/**
 * The key that lists the inputs that the program marks as secret, among the inputs and in the
 * state; missing if there are none. The engine reserves names with two underscores and displays
 * none of them.
 */
export const SECRET_MARKS_KEY = "__secrets";

/**
 * The names of the fields whose values messages must not contain, in addition to fields that are
 * always secret.
 */
export function secretInputsOf(...values: readonly Values[]): ReadonlySet<string> {
  const names = values
    .flatMap((one) => one[SECRET_MARKS_KEY])
    .filter((one) => typeof one === "string");
  return new Set(names);
}
