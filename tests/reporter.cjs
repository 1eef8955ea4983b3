/** @typedef {import("@jest/reporters").AggregatedResult} AggregatedResult */

/**
 * Lists the skipped groups, then ends the output of the run with one plain line,
 * `N passed, N failed` and, if there are any, `, N skipped`. A file that could not run counts as
 * one failure. Under VPNAAS_REQUIRE_ALL=1 a skipped test fails the run. The process that started Jest
 * with a channel receives the counts, of which `scripts/runJest.ts` has the type.
 */
module.exports = class SummaryReporter {
  /**
   * The last line of a run.
   * @param {{ passed: number, failed: number, skipped: number }} counts
   */
  static lineOf({ passed, failed, skipped }) {
    return `${passed} passed, ${failed} failed` + (skipped ? `, ${skipped} skipped` : "");
  }

  /** @param {{ testNamePattern?: string }} config */
  constructor(config) {
    this.filtered = Boolean(config.testNamePattern);
  }

  /**
   * @param {unknown} _contexts
   * @param {AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const line = SummaryReporter.lineOf({ passed: results.numPassedTests, failed, skipped });

    // With -t nearly everything is skipped on purpose.
    const listed = this.filtered ? [] : skippedGroups(results);
    if (process.env.VPNAAS_REQUIRE_ALL === "1" && listed.length > 0) {
      this.error = new Error("VPNAAS_REQUIRE_ALL=1 does not allow a skipped test.");
      listed.push(this.error.message);
    }
    // Jest may still complain about open handles after this hook; the line has to come after that.
    process.once("exit", () => process.stdout.write(["", ...listed, line, ""].join("\n")));
    const { numPassedTests: passed, numTotalTestSuites: files } = results;
    const isRefused = this.error !== undefined;
    process.send?.({
      passed,
      failed,
      skipped,
      files,
      failedFiles: failedFiles(results),
      isFiltered: this.filtered,
      isRefused,
    });
  }

  /** Jest fails the run when this returns an error. */
  getLastError() {
    return this.error;
  }
};

/**
 * The failed files with their counts.
 * @param {AggregatedResult} results
 */
function failedFiles(results) {
  return results.testResults
    .filter((file) => file.numFailingTests > 0 || file.testExecError)
    .map((file) => ({
      path: file.testFilePath,
      passed: file.numPassingTests,
      failed: file.numFailingTests + (file.testExecError ? 1 : 0),
    }));
}

/**
 * One line for each outermost title with skipped tests; it carries the reason.
 * @param {AggregatedResult} results
 */
function skippedGroups(results) {
  const counts = new Map();
  for (const test of results.testResults.flatMap((file) => file.testResults)) {
    if (test.status === "passed" || test.status === "failed") continue;
    const title = test.ancestorTitles[0] ?? test.title;
    counts.set(title, (counts.get(title) ?? 0) + 1);
  }
  return [...counts].map(([title, count]) => `skipped: ${title} (${count})`);
}
