import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/**
 * The folder of the project that contains a folder: the nearest one upwards with a project file, as
 * for the engine.
 * @throws Error of one line if there is no such folder
 */
export function projectFolder(cwd: string): string {
  const start = resolve(cwd);
  for (let folder = start; ; folder = dirname(folder)) {
    if (projectFileIn(folder) !== undefined) return folder;
    if (folder === dirname(folder)) {
      throw new Error(`there is no Pulumi.yaml in ${start} or above it: --cwd names the program`);
    }
  }
}

/** The path of the project file in a folder; undefined if it has none. */
export function projectFileIn(folder: string): string | undefined {
  return PROJECT_FILES.map((file) => join(folder, file)).find((path) => existsSync(path));
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
