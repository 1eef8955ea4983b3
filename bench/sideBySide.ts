import { cpus } from "node:os";

/** As many as the engine has under way by default: four for each core. */
export const PARALLEL = 4 * cpus().length;

/** Does something with each, with {@link PARALLEL} of them under way at once. */
export async function sideBySide<T>(
  all: readonly T[],
  work: (one: T) => Promise<unknown>,
): Promise<void> {
  const rest = [...all].reverse();
  const go = async (): Promise<void> => {
    for (let one = rest.pop(); one !== undefined; one = rest.pop()) await work(one);
  };
  await Promise.all(Array.from({ length: PARALLEL }, go));
}
