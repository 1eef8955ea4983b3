/**
 * Runs Stryker with the options that it is given, and fails where a folder has a lower score than it
 * should. A whole run also renews the figures in docs/evidence/mutation.md. Run by `npm run test:mutation`.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import { renewFigures } from "./figures";
import { figuresOf, foldersOf, type MutationReport } from "./mutationFigures";

/** In percent, for each folder. */
const LOWEST_SCORE = 85;

const root = join(__dirname, "..");

function main(args: readonly string[]): void {
  const stryker = join(root, "node_modules", "@stryker-mutator", "core", "bin", "stryker.js");
  const run = spawnSync(process.execPath, [stryker, "run", ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (run.status !== 0) {
    process.exitCode = 1;
    return;
  }
  const text = readFileSync(join(root, ".cache", "stryker", "mutation.json"), "utf8");
  const report = JSON.parse(text) as MutationReport;
  const { version } = createRequire(__filename)("@stryker-mutator/core/package.json") as {
    version: string;
  };
  for (const { name, score } of foldersOf(report)) {
    console.log(`${name}: ${score.toFixed(1)} %`);
    if (score < LOWEST_SCORE) {
      console.log(`${name} has to have ${LOWEST_SCORE} % at least.`);
      process.exitCode = 1;
    }
  }
  const isWhole = !args.some((arg) => arg.startsWith("--mutate"));
  if (isWhole) renewFigures("evidence/mutation", figuresOf(report, version));
}

main(process.argv.slice(2));
