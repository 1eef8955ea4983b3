import type { Values } from "./definition";

/**
 * Key of the names of those inputs that the program marks as secret, beside the inputs and in the
 * state; absent where there are none. The engine takes names with two underscores for its own
 * affairs and shows them nowhere.
 */
export const HIDDEN_NAMES = "__secrets";

/** The names of the fields whose values no message may show, besides those that always are secret. */
export function hiddenNames(...values: readonly Values[]): ReadonlySet<string> {
  const names = values.flatMap((one) => one[HIDDEN_NAMES]).filter((one) => typeof one === "string");
  return new Set(names);
}
