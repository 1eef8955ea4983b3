import { spawnSync } from "node:child_process";
import { join } from "node:path";

const reporter = join(__dirname, "..", "..", "reporter.cjs");

/** Runs the reporter with these results in a separate process; returns the printed lines. */
function report(results: object, env: Record<string, string> = {}, channel = ""): string[] {
  const program = `
    ${channel}
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
  numTotalTestSuites: 3,
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

it("the reporter sends the counts and the failed files to the process that started Jest", () => {
  const results = {
    ...clean,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 1,
    testResults: [
      { testFilePath: "a", numPassingTests: 1, numFailingTests: 0, testResults: [] },
      { testFilePath: "b", numPassingTests: 2, numFailingTests: 1, testResults: [] },
      {
        testFilePath: "c",
        numPassingTests: 0,
        numFailingTests: 0,
        testExecError: {},
        testResults: [],
      },
    ],
  };
  const channel = "process.send = (message) => console.log(JSON.stringify(message));";
  expect(JSON.parse(report(results, {}, channel)[0]!)).toEqual({
    passed: 3,
    failed: 2,
    skipped: 0,
    files: 3,
    failedFiles: [
      { path: "b", passed: 2, failed: 1 },
      { path: "c", passed: 0, failed: 1 },
    ],
    isFiltered: false,
    isRefused: false,
  });
});
