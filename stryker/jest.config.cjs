const { projects } = require("../jest.config.cjs");

const unit = projects.find(({ displayName }) => displayName === "unit");

/** @type {import("jest").Config} */
module.exports = {
  ...unit,
  displayName: "mutation",
  rootDir: "..",
  testMatch: ["<rootDir>/stryker/unit.test.cjs"],
  // Stryker's own runner does not know <rootDir> here.
  testEnvironment: require.resolve("./environment.cjs"),
  moduleNameMapper: {
    ...unit.moduleNameMapper,
    "^fast-check$": "<rootDir>/stryker/noSearch.cjs",
  },
};
