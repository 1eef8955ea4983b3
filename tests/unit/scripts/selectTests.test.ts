import { selectTests, withoutDuplicates } from "../../../scripts/selectTests";

const available = ["unit", "simulator", "engine"];

it("selectTests runs all projects by default", () => {
  expect(selectTests([], available)).toEqual({
    projects: available,
    patterns: [],
    jestArguments: ["--selectProjects", "unit", "simulator", "engine"],
  });
});

it("selectTests runs the named projects", () => {
  expect(selectTests(["engine", "unit"], available).projects).toEqual(["unit", "engine"]);
});

it("selectTests passes everything from the first option on to Jest", () => {
  expect(selectTests(["engine", "-t", "unit"], available)).toEqual({
    projects: ["engine"],
    patterns: [],
    jestArguments: ["-t", "unit", "--selectProjects", "engine"],
  });
});

it("selectTests treats any other word as a part of a test file's path", () => {
  expect(selectTests(["unit", "cleanEnv"], available).jestArguments).toEqual([
    "cleanEnv",
    "--selectProjects",
    "unit",
  ]);
});

describe("scenarios of both the simulator and the live cloud", () => {
  const layers = ["unit", "engine", "live"];

  it("run on one of both if all tests run", () => {
    const options = withoutDuplicates(selectTests([], layers));
    const patterns = options.map((one) => one.replace("--testPathIgnorePatterns=", ""));
    const isLeftOut = (file: string) => patterns.some((one) => new RegExp(one).test(file));
    const files = [
      "tests/engine/alsoLive/acceptance.test.ts",
      "tests/engine/k5/resources.test.ts",
      "tests/engine/scenarios/lookups.test.ts",
      "tests/live/acceptance.test.ts",
      "tests/live/whole/ready.test.ts",
      "tests/engine/whole/pluginGo.test.ts",
    ];
    expect(files.filter(isLeftOut)).toEqual([
      "tests/engine/alsoLive/acceptance.test.ts",
      "tests/live/whole/ready.test.ts",
      "tests/engine/whole/pluginGo.test.ts",
    ]);
  });

  it.each([[["engine"]], [["engine", "live", "family"]], [["unit"]]])(
    "run everywhere if they are selected by name: %j",
    (words) => {
      expect(withoutDuplicates(selectTests(words, layers))).toEqual([]);
    },
  );
});
