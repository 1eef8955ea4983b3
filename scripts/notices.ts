import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.dirname(__dirname);

/** The license of each package that has a file among the inputs of a bundle, with its whole text. */
export function noticesOf(inputs: readonly string[]): string {
  const folders = inputs.flatMap((input) => packageFolderOf(input) ?? []);
  const notices = [...new Set(folders)].map((folder) => {
    const { name, version, license } = JSON.parse(
      readFileSync(path.join(ROOT, folder, "package.json"), "utf8"),
    ) as Readonly<Record<string, string>>;
    return `${name} ${version} (${license})\n\n${licenseTextIn(path.join(ROOT, folder))}`;
  });
  return `The bundle plugin.cjs contains these packages.\n\n${notices.sort().join(`\n${"-".repeat(79)}\n\n`)}`;
}

/** The folder of the package that a file belongs to; undefined for a file of this repository. */
function packageFolderOf(input: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function licenseTextIn(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return file !== undefined && existsSync(path.join(folder, file))
    ? readFileSync(path.join(folder, file), "utf8")
    : "";
}
