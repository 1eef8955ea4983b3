/**
 * Mutation testing: what is changed in these folders, one place at a time, has to fail a unit test.
 * docs/evidence/mutation.md has the results.
 *
 * @type {import("@stryker-mutator/api/core").PartialStrykerOptions}
 */
export default {
  mutate: ["provider/{schema,model,lifecycle,wait,validation}/**/*.ts"],
  plugins: ["./stryker/runner.mjs", "@stryker-mutator/jest-runner"],
  testRunner: "loaded-jest",
  // For `--testRunner jest`. All tests are one file there, to which findRelatedTests finds no way.
  jest: { configFile: "stryker/jest.config.cjs", enableFindRelatedTests: false },
  coverageAnalysis: "perTest",
  // A mutant of code that runs while its module loads needs the module and all tests anew.
  ignoreStatic: true,
  concurrency: 2,
  ignorePatterns: [".cache", "dist", "docs", "examples"],
  tempDirName: ".cache/stryker/sandbox",
  incremental: true,
  incrementalFile: ".cache/stryker/incremental.json",
  reporters: ["clear-text", "json"],
  jsonReporter: { fileName: ".cache/stryker/mutation.json" },
  clearTextReporter: { allowColor: false, reportTests: false, logTests: false },
  thresholds: { high: 95, low: 85, break: 85 },
  // On a busy machine a test may take long without being endless.
  timeoutMS: 20_000,
  warnings: { slow: false },
};
