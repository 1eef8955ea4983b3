import { spawnSync } from "node:child_process";
import { join } from "node:path";

const reporter = join(__dirname, "..", "..", "reporter.cjs");

/** Runs the reporter with these results in a separate process; returns the printed lines. */
function report(results: object, env: Record<string, string> = {}): string[] {
  const program = `
    const Reporter = require(${JSON.stringify(reporter)});
    const reporter = new Reporter({});
    reporter.onRunComplete(undefined, ${JSON.stringify(results)});
    console.log("error: " + (reporter.getLastError()?.message ?? "none"));`;
  const { stdout } = spawnSync(process.execPath, ["-e", program], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], ...env },
  });
  return stdout.trimEnd().split("\n");
}

const clean = {
  numPassedTests: 3,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
};

const withSkipped = {
  ...clean,
  numPendingTests: 2,
  testResults: [
    {
      testResults: [
        { status: "passed", ancestorTitles: ["a wait"], title: "ends" },
        { status: "pending", ancestorTitles: ["drift [skipped: no engine]"], title: "one" },
        { status: "pending", ancestorTitles: ["drift [skipped: no engine]"], title: "two" },
      ],
    },
  ],
};

it("the reporter ends the output with a line of the counts", () => {
  expect(report(clean).at(-1)).toBe("3 passed, 0 failed");
});

it("the reporter counts a file that could not run as failed", () => {
  const results = { ...clean, numFailedTests: 1, numRuntimeErrorTestSuites: 1 };
  expect(report(results).at(-1)).toBe("3 passed, 2 failed");
});

it("the reporter lists skipped tests by their reason before the last line", () => {
  expect(report(withSkipped)).toEqual([
    "error: none",
    "",
    "skipped: drift [skipped: no engine] (2)",
    "3 passed, 0 failed, 2 skipped",
  ]);
});

it("the reporter fails the run for a skipped test if VPNAAS_REQUIRE_ALL is set", () => {
  const [error] = report(withSkipped, { VPNAAS_REQUIRE_ALL: "1" });
  expect(error).toBe("error: VPNAAS_REQUIRE_ALL=1 does not allow a skipped test.");
});
