import type { Values } from "../values";

/**
 * Key of the names of those inputs that the program marks as secret, beside the inputs and in the
 * state; absent where there are none. The engine takes names with two underscores for its own
 * affairs and shows them nowhere.
 */
export const SECRET_MARKS_KEY = "__secrets";

/** The names of the fields whose values no message may show, besides those that always are secret. */
export function secretInputsOf(...values: readonly Values[]): ReadonlySet<string> {
  const names = values
    .flatMap((one) => one[SECRET_MARKS_KEY])
    .filter((one) => typeof one === "string");
  return new Set(names);
}
