import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const { preProcessFile } = createRequire(import.meta.url)("typescript");

/**
 * The paths of the declaration files that those files lead to, with themselves.
 * @throws Error if one of them does not exist
 */
export function declarationsOf(entries) {
  const found = new Set(entries);
  for (const file of found) {
    for (const { fileName } of preProcessFile(readFileSync(file, "utf8")).importedFiles) {
      if (fileName.startsWith(".")) found.add(resolved(join(dirname(file), fileName)));
    }
  }
  return found;
}

/** The declaration file of a module, or of the index of a folder. */
function resolved(path) {
  const file = `${path}.d.ts`;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : join(path, "index.d.ts");
}
