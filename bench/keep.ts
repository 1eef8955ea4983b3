import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { format } from "prettier";

import { renewFigures } from "../scripts/figures";
import type { Results } from "./model";
import { plotOf } from "./plot";
import { report } from "./report";
import { rowsOf, summariesOf } from "./summary";

const folder = join(__dirname, "..", "docs", "evidence");

const PLOT = "images/performance.svg";
const JSON_FILE = "performance.json";

/** Puts the figures of a run where they are kept: docs/evidence/performance.md, its JSON and its plot. */
export async function keepInDocs(results: Results): Promise<void> {
  const shown = [
    report(results),
    `![Seconds against the number of connections, for each server and workload](${PLOT})`,
    `All measures, round by round, are in [${JSON_FILE}](${JSON_FILE}).`,
  ];
  const rows = rowsOf(summariesOf(results.measures));
  writeFileSync(join(folder, PLOT), plotOf(rows));
  const json = await format(JSON.stringify(results), { parser: "json", printWidth: 100 });
  writeFileSync(join(folder, JSON_FILE), json);
  renewFigures("evidence/performance", shown.join("\n\n"));
}
