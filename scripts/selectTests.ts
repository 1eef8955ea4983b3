/**
 * The files of `engine` whose scenarios `live` runs in every run of all tests, so that the simulator need not.
 * `npm test -- engine` runs all of them.
 */
const ALSO_LIVE = "tests/engine/alsoLive/";

/** Files that only a command of their own runs; Jest's option replaces that of jest.config.cjs. */
const WHOLE = "tests/\\w+/whole/";

/** Arguments for Jest that leave out scenarios that would run twice; none if there are none. */
export function withoutDuplicates({ projects, patterns }: Selection): string[] {
  const isTwice =
    patterns.length === 0 && ["engine", "live"].every((one) => projects.includes(one));
  return isTwice ? [ALSO_LIVE, WHOLE].map((one) => `--testPathIgnorePatterns=${one}`) : [];
}

/** The meaning of the arguments of `npm test`. */
export interface Selection {
  /** The Jest projects to run, in the order of the configuration. */
  projects: string[];
  /** Parts of the paths of test files; none: all. */
  patterns: string[];
  /** The arguments for Jest, the choice of projects included. */
  jestArguments: string[];
}

/**
 * Reads the arguments of `npm test`: words before the first option that name a project choose it,
 * other words are patterns for the paths of test files, and all from the first option on is for
 * Jest. No project named means all of them.
 *
 * @param available The names of the projects that the Jest configuration has.
 */
export function selectTests(args: string[], available: string[]): Selection {
  const firstOption = args.findIndex((word) => word.startsWith("-"));
  const words = firstOption < 0 ? args : args.slice(0, firstOption);
  const options = firstOption < 0 ? [] : args.slice(firstOption);
  const named = available.filter((project) => words.includes(project));
  const projects = named.length > 0 ? named : available;
  const patterns = words.filter((word) => !available.includes(word));
  // Last, because Jest takes every word after --selectProjects for a project.
  return {
    projects,
    patterns,
    jestArguments: [...patterns, ...options, "--selectProjects", ...projects],
  };
}
