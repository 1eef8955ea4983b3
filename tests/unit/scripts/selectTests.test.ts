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

  it("run only on the live cloud if all tests run", () => {
    const [argument] = withoutDuplicates(selectTests([], layers));
    const pattern = new RegExp(argument!.replace("--testPathIgnorePatterns=", ""));
    expect("tests/engine/alsoLive/family.test.ts").toMatch(pattern);
    expect("tests/engine/k5/resources.test.ts").not.toMatch(pattern);
    expect("tests/live/family.test.ts").not.toMatch(pattern);
  });

  it.each([[["engine"]], [["engine", "live", "family"]], [["unit"]]])(
    "run everywhere if they are selected by name: %j",
    (words) => {
      expect(withoutDuplicates(selectTests(words, layers))).toEqual([]);
    },
  );
});
