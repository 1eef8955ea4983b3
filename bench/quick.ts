/**
 * `npm run bench:quick`: the CPU time of small runs through both doors as multiples of an empty program, in less
 * than five minutes. Fails if a ratio is more than 15 % larger than in docs/evidence/ratios.json; with
 * `-- --keep` it writes that file instead.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { messageOf } from "../provider/errors";
import { table } from "../scripts/figures";
import { findOwnLines } from "./lines";
import { DOORS, type Measure } from "./model";
import { isCompared, ratiosOf, regressions, type Ratios } from "./ratios";
import { playTurn } from "./turn";

const FILE = join(__dirname, "..", "docs", "evidence", "ratios.json");
const SIZES = [1, 20];
const ROUNDS = 3;
const WORKLOADS = ["create", "refresh", "preview", "destroy"] as const;

async function main(args: readonly string[]): Promise<void> {
  const now = ratiosOf(await measure());
  if (args.includes("--keep")) {
    writeFileSync(FILE, `${JSON.stringify(now, undefined, 2)}\n`);
    return;
  }
  const onFile = JSON.parse(readFileSync(FILE, "utf8")) as Ratios;
  const rows = Object.entries(now).map(([title, ratio]) => [title, onFile[title] ?? "-", ratio]);
  console.log(table(["CPU time", "on file", "now"], rows));
  const worse = regressions(onFile, now);
  if (worse.length > 0) throw new Error(`Slower than on file:\n${worse.join("\n")}`);
}

/** Every round begins with another line. */
async function measure(): Promise<Measure[]> {
  const lines = (await findOwnLines(DOORS, {})).filter(([line]) => isCompared(line));
  const measures: Measure[] = [];
  for (const size of SIZES) {
    for (let round = 1; round <= ROUNDS; round += 1) {
      for (let i = 0; i < lines.length; i += 1) {
        const [line, open] = lines[(i + round - 1) % lines.length]!;
        const turn = { server: "simulator", size, round, line, workloads: WORKLOADS } as const;
        measures.push(...(await playTurn(turn, open)));
      }
    }
  }
  return measures;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
