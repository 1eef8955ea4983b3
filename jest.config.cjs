/** What every layer of tests shares; CONTRIBUTING.md says what each layer is for. */
const base = {
  testEnvironment: "node",
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
  moduleNameMapper: { "^pulumi-vpnaas$": "<rootDir>/sdk/index.ts" },
};

const layer = (name) => ({
  ...base,
  displayName: name,
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
});

/** @type {import("jest").Config} */
module.exports = {
  projects: ["unit", "simulator", "process", "engine", "live"].map(layer),
  coverageProvider: "v8",
  reporters: ["default", "<rootDir>/tests/reporter.cjs"],
  testTimeout: 600_000,
};
