/**
 * Files of `engine` whose scenarios `live` runs word for word: if the live cloud runs them, the
 * simulator need not. `npm test -- engine` runs them all the same.
 */
const TWINS = ["connections", "family", "fifty", "ready", "waiting"];

/** Arguments for Jest that leave out duplicate scenarios; none if there are no duplicates. */
export function withoutTwins({ projects, patterns }: Selection): string[] {
  const isTwice =
    patterns.length === 0 && ["engine", "live"].every((one) => projects.includes(one));
  return isTwice
    ? [`--testPathIgnorePatterns=tests/engine/(?:${TWINS.join("|")})\\.test\\.ts$`]
    : [];
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
