/**
 * Tries every cause of tests/process/preview/causes on simulated clouds, and writes the words of the preview
 * into docs/guides/preview.md. Run by `npx tsx scripts/preview.ts`.
 */
import { writeFileSync } from "node:fs";

import { tryCause } from "../tests/process/preview/cause";
import { CAUSES } from "../tests/process/preview/causes";
import { PAGE, pageOf, type TriedCause } from "../tests/process/preview/table";

async function main(): Promise<void> {
  const tried: Record<string, TriedCause[]> = {};
  for (const [heading, causes] of Object.entries(CAUSES)) {
    tried[heading] = [];
    for (const cause of causes) {
      const outcome = await tryCause(cause);
      tried[heading].push([cause, outcome]);
      if (outcome.effect !== cause.effect) console.error(`${cause.what}: ${outcome.effect}`);
    }
  }
  writeFileSync(PAGE, pageOf(tried));
}

void main();
