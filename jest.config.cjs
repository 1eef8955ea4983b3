/** What every layer of tests shares; CONTRIBUTING.md says what each layer is for. */
const base = {
  testEnvironment: "<rootDir>/tests/environment.cjs",
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      {
        jsc: { target: "es2022", parser: { syntax: "typescript" } },
        module: { type: "commonjs" },
      },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/.cache"],
  moduleNameMapper: {
    "^pulumi-vpnaas$": "<rootDir>/sdk/index.ts",
    "^pulumi-vpnaas/plugin$": "<rootDir>/sdk/plugin.ts",
    // Pulumi's SDK loads both for closures alone, and each file of tests loads its modules again.
    "/typescript-shim$": "<rootDir>/tests/support/lazySdk/typescript.cjs",
    "^@npmcli/arborist$": "<rootDir>/tests/support/lazySdk/arborist.cjs",
  },
};

/** The layers with the seconds that one test of each may take. */
const layers = {
  unit: 20,
  simulator: 30,
  process: 60,
  faults: 300,
  browser: 60,
  package: 300,
  engine: 300,
  backends: 300,
  live: 300,
  tunnel: 300,
};

/** The layers whose programs start with less work; the tests of packages start them as users do. */
const QUICK_START = ["process", "faults", "engine", "backends", "live", "tunnel"];

/** The layers with a folder `whole/`, whose files run only if this variable is `whole`. */
const WHOLE = { live: "VPNAAS_LIVE", engine: "VPNAAS_ENGINE", package: "VPNAAS_PACKAGE" };

/** @param {string} name */
function leftOut(name) {
  const isWhole = !(name in WHOLE) || process.env[WHOLE[name]] === "whole";
  return isWhole ? [] : [`<rootDir>/tests/${name}/whole/`];
}

/** @type {import("jest").Config} */
module.exports = {
  projects: Object.entries(layers).map(([name, seconds]) => ({
    ...base,
    displayName: name,
    testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
    globals: { SECONDS_PER_TEST: seconds, QUICK_START: QUICK_START.includes(name) },
    setupFilesAfterEnv: ["<rootDir>/tests/timeLimit.cjs"],
    testPathIgnorePatterns: ["/node_modules/", ...leftOut(name)],
  })),
  coverageProvider: "v8",
  testSequencer: "<rootDir>/tests/sequencer.cjs",
  reporters: ["default", "<rootDir>/tests/reporter.cjs"],
};
