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
    if (PROJECT_FILES.some((file) => existsSync(join(folder, file)))) return folder;
    if (folder === dirname(folder)) {
      throw new Error(`there is no Pulumi.yaml in ${start} or above it: --cwd names the program`);
    }
  }
}

const PROJECT_FILES = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];
