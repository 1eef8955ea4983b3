import { setTimeout as sleep } from "node:timers/promises";

/** Resolves when a condition holds; throws Error with its name after a minute by default. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  ms = 60_000,
): Promise<void> {
  for (const giveUp = Date.now() + ms; !(await isSo());) {
    if (Date.now() > giveUp) throw new Error(`${what} did not come in ${ms / 1000} s`);
    await sleep(10);
  }
}
