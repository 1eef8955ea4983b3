import { selectTests, withoutDuplicates } from "../../../scripts/selectTests";

const available = ["unit", "simulator", "engine"];

it("runs all projects when none is named", () => {
  expect(selectTests([], available)).toEqual({
    projects: available,
    patterns: [],
    jestArguments: ["--selectProjects", "unit", "simulator", "engine"],
  });
});

it("runs the projects that are named", () => {
  expect(selectTests(["engine", "unit"], available).projects).toEqual(["unit", "engine"]);
});

it("hands everything from the first option on to Jest", () => {
  expect(selectTests(["engine", "-t", "unit"], available)).toEqual({
    projects: ["engine"],
    patterns: [],
    jestArguments: ["-t", "unit", "--selectProjects", "engine"],
  });
});

it("takes a word that is no project for a part of a test file's path", () => {
  expect(selectTests(["unit", "cleanEnv"], available).jestArguments).toEqual([
    "cleanEnv",
    "--selectProjects",
    "unit",
  ]);
});

describe("scenarios that both the simulator and the live cloud could run", () => {
  const layers = ["unit", "engine", "live"];

  it("run on the live cloud alone when everything is run", () => {
    const [argument] = withoutDuplicates(selectTests([], layers));
    const pattern = new RegExp(argument!.replace("--testPathIgnorePatterns=", ""));
    expect("tests/engine/alsoLive/family.test.ts").toMatch(pattern);
    expect("tests/engine/k5/resources.test.ts").not.toMatch(pattern);
    expect("tests/live/family.test.ts").not.toMatch(pattern);
  });

  it.each([[["engine"]], [["engine", "live", "family"]], [["unit"]]])(
    "run wherever they are asked for by name: %j",
    (words) => {
      expect(withoutDuplicates(selectTests(words, layers))).toEqual([]);
    },
  );
});
