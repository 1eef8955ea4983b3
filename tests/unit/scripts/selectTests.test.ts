import { selectTests } from "../../../scripts/selectTests";

const available = ["unit", "simulator", "engine"];

it("runs all projects when none is named", () => {
  expect(selectTests([], available)).toEqual({
    projects: available,
    jestArguments: ["--selectProjects", "unit", "simulator", "engine"],
  });
});

it("runs the projects that are named", () => {
  expect(selectTests(["engine", "unit"], available).projects).toEqual(["unit", "engine"]);
});

it("hands everything from the first option on to Jest", () => {
  expect(selectTests(["engine", "-t", "unit"], available)).toEqual({
    projects: ["engine"],
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
