import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

/** The counts of a run. */
export interface Counts {
  readonly passed: number;
  /** Includes files that could not run, each as one. */
  readonly failed: number;
  readonly skipped: number;
}

/** The result of a run, as `tests/reporter.cjs` sends it. */
export interface RunSummary extends Counts {
  /** The number of test files. */
  readonly files: number;
  readonly failedFiles: readonly {
    readonly path: string;
    readonly passed: number;
    readonly failed: number;
  }[];
  /** Whether only tests of some titles ran. */
  readonly isFiltered: boolean;
  /** Whether the run fails for a reason of its own, such as a skipped test that is not allowed. */
  readonly isRefused: boolean;
}

/** More than the two cores of the machines that tests run on: most test files wait for much of their time. */
const WORKERS = 6;

/** More failed files than this have a common cause. */
const MOST_REPEATED = 5;

const root = join(__dirname, "..");
const { lineOf } = createRequire(__filename)("../tests/reporter.cjs") as {
  lineOf: (counts: Counts) => string;
};

/**
 * Runs Jest. Files that failed beside others run once more, alone: their tests use real servers and processes, which a
 * busy machine may stop for seconds. The second result counts, and the output names the files that it changed.
 * Returns the exit code; the last line of the output is `N passed, N failed` in every case.
 */
export async function runJest(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const first = await run([`--maxWorkers=${WORKERS}`, ...args], env);
  if (first.summary === undefined) return failed("Jest ended without a summary.", first.code);
  const paths = repeatedFiles(first.summary);
  if (paths.length === 0) return first.code;

  console.log(`\nOnce more, alone: ${paths.length} of the files, which failed beside others.\n`);
  const second = await run(["--maxWorkers=1", "--runTestsByPath", ...paths], env);
  if (second.summary === undefined) return failed("Jest ended without a summary.", second.code);
  const failedAgain = second.summary.failedFiles.map(({ path }) => path);
  for (const path of paths.filter((one) => !failedAgain.includes(one))) {
    console.log(`unstable: ${relative(root, path)} failed beside other files and passed alone`);
  }
  console.log(`\n${lineOf(withRepeated(first.summary, second.summary))}`);
  return second.code;
}

/** The paths of the files that run once more: all failed ones, or none if they are many or the only ones. */
export function repeatedFiles(summary: RunSummary): string[] {
  const { files, failedFiles, isFiltered, isRefused } = summary;
  const areFew = failedFiles.length <= MOST_REPEATED && failedFiles.length < files;
  return areFew && !isFiltered && !isRefused ? failedFiles.map(({ path }) => path) : [];
}

/** The counts of a run in which the second results of its failed files replace the first ones. */
export function withRepeated(first: RunSummary, second: Counts): Counts {
  const replaced = (count: "passed" | "failed"): number =>
    first.failedFiles.reduce((sum, file) => sum + file[count], 0);
  return {
    passed: first.passed - replaced("passed") + second.passed,
    failed: first.failed - replaced("failed") + second.failed,
    skipped: first.skipped,
  };
}

/** Ends the output in the line in which every run of the tests ends; returns the exit code. */
export function failed(reason: string, code = 1): number {
  console.log(`${reason}\n\n${lineOf({ passed: 0, failed: 1, skipped: 0 })}`);
  return code || 1;
}

async function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; summary: RunSummary | undefined }> {
  const jest = join(root, "node_modules", "jest", "bin", "jest.js");
  const child = spawn(process.execPath, [jest, ...args], {
    cwd: root,
    env,
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  let summary: RunSummary | undefined;
  child.on("message", (message) => (summary = message as RunSummary));
  const [code] = (await once(child, "close")) as [number | null];
  return { code: code ?? 1, summary };
}
