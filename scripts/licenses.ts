import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** A package as the lock file knows it. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX identifier, or any other notation of its author. */
  readonly license: string;
  /** Whether installing it runs a script of its own. */
  readonly hasInstallScript: boolean;
}

/** The licenses that a runtime dependency may have: none asks for more than a notice. */
export const ALLOWED_LICENSES = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
];

const root = path.dirname(__dirname);

/** The lock file, as far as it is read here. */
interface LockFile {
  readonly packages: Readonly<
    Record<string, Partial<LockedPackage> & { readonly version: string; readonly dev?: true }>
  >;
}

/** The packages of every installation: the dependencies and theirs, in order of their names. */
export function runtimePackages(): LockedPackage[] {
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as LockFile;
  return Object.entries(lock.packages)
    .filter(([folder, { dev }]) => folder !== "" && dev !== true)
    .map(([folder, locked]) => ({
      name: locked.name ?? folder.split("node_modules/").at(-1)!,
      version: locked.version,
      license: locked.license ?? "unknown",
      hasInstallScript: locked.hasInstallScript ?? false,
    }))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** The text of docs/evidence/licenses.md. */
export function licensesPage(packages: readonly LockedPackage[]): string {
  const licenses = [...new Set(packages.map(({ license }) => license))].sort();
  const count = (license: string): number =>
    packages.filter((one) => one.license === license).length;
  return `# Licenses

An installation of this package brings ${packages.length} others with it. \`npx tsx scripts/licenses.ts\` writes this
page from the lock file. A test compares the two, and refuses every license but these:
${ALLOWED_LICENSES.join(", ")}.

The package itself is under [Apache-2.0](../../LICENSE), and so is Pulumi's SDK: the program brings that, with
dependencies of its own, as the peer \`@pulumi/pulumi\`.

${licenses.map((license) => `- ${license}: ${count(license)}`).join("\n")}

| package | version | license |
| --- | --- | --- |
${packages.map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`).join("\n")}
`;
}

function keyOf({ name, version }: LockedPackage): string {
  return `${name} ${version}`;
}

if (require.main === module) {
  writeFileSync(
    path.join(root, "docs", "evidence", "licenses.md"),
    licensesPage(runtimePackages()),
  );
}
