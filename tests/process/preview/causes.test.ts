import { readFileSync } from "node:fs";

import { tryCause } from "./cause";
import { CAUSES } from "./causes";
import { PAGE, pageOf, type TriedCause } from "./table";

/** The outcomes, in the order of the tables. */
const tried: Record<string, TriedCause[]> = {};

describe.each(Object.entries(CAUSES))("a preview and its causes: %s", (heading, causes) => {
  it.each(causes.map((cause) => [cause.what, cause] as const))("%s", async (_what, cause) => {
    const outcome = await tryCause(cause);
    (tried[heading] ??= []).push([cause, outcome]);

    expect([outcome.effect, outcome.words]).toEqual([
      cause.effect,
      expect.stringContaining(cause.words ?? ""),
    ]);
    expect(outcome.changes).toEqual([]);
  });
});

it("docs/guides/preview.md shows the words of every cause (npx tsx scripts/preview.ts renews them)", () => {
  expect(readFileSync(PAGE, "utf8")).toBe(pageOf(tried));
});
