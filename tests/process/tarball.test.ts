import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { preProcessFile } from "typescript";

const root = resolve(__dirname, "..", "..");
/** The allowed entries at the top of the package; npm itself adds the first three. */
const TOP = [
  "package.json",
  "README.md",
  "LICENSE",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "dist",
  "docs",
  "examples",
];

/** The part of package.json with the entries. */
interface Manifest {
  readonly exports: Readonly<Record<string, { readonly types?: string }>>;
}

let folder: string;
let tarball: string;
/** The paths of all files in the package. */
let files: string[];

const npm = (args: string[]): string => {
  const script = process.env["npm_execpath"];
  return script?.endsWith(".js")
    ? execFileSync(process.execPath, [script, ...args], { cwd: root, encoding: "utf8" })
    : execFileSync("npm", args, { cwd: root, encoding: "utf8" });
};
const contentOf = (file: string): string => readFileSync(join(folder, "package", file), "utf8");

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-tarball-"));
  // No scripts: dist/ already exists, and other tests use it at the same time.
  npm(["pack", "--ignore-scripts", "--silent", "--pack-destination", folder]);
  tarball = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith(".tgz"))!,
  );
  execFileSync("tar", ["-xzf", tarball, "-C", folder]);
  const entries = readdirSync(join(folder, "package"), { recursive: true, withFileTypes: true });
  files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "package").length + 1));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the package as npm packs it", () => {
  it("contains the built code, the pages and the examples, and no other file", () => {
    const tops = new Set(files.map((file) => file.split("/")[0]!));
    expect([...tops].filter((top) => !TOP.includes(top))).toEqual([]);
    const parts = files
      .filter((file) => file.startsWith("dist/"))
      .map((file) => file.split("/")[1]!);
    expect([...new Set(parts)].sort()).toEqual(
      ["cli", "provider", "schema.json", "sdk", "simulator"].sort(),
    );
  });

  it("contains no test, no cache, no key and no private file of a developer", () => {
    const strange =
      /(^|\/)(\.|tests?\/|node_modules\/|coverage\/)|\.(test\.\w+|pem|key|crt|log|tgz|tsbuildinfo)$|clouds\.yaml$|Pulumi\.\w+\.yaml$/;
    expect(files.filter((file) => strange.test(file))).toEqual([]);
  });

  it("contains the types that its entries lead to, and no other types", () => {
    const { exports } = JSON.parse(contentOf("package.json")) as Manifest;
    const reached = new Set(Object.values(exports).flatMap(({ types }) => types?.slice(2) ?? []));
    for (const file of reached) {
      for (const { fileName } of preProcessFile(contentOf(file)).importedFiles) {
        if (!fileName.startsWith(".")) continue;
        const path = join(dirname(file), fileName);
        reached.add(files.find((one) => one === `${path}.d.ts`) ?? join(path, "index.d.ts"));
      }
    }
    expect(files.filter((file) => file.endsWith(".ts") && file.startsWith("dist/")).sort()).toEqual(
      [...reached].sort(),
    );
  });

  it("contains no comments in its code", () => {
    const code = files.filter((file) => file.startsWith("dist/") && file.endsWith(".js"));
    expect(code.length).toBeGreaterThan(100);
    expect(code.filter((file) => /^\s*(?:\/\*\*|\*\/)/m.test(contentOf(file)))).toEqual([]);
  });

  it("contains no source maps, because their sources are not in it", () => {
    expect(files.filter((file) => file.endsWith(".map"))).toEqual([]);
  });

  it("names no path of the build machine", () => {
    const paths = [root, homedir(), tmpdir()].filter((path) => path.split("/").length > 2);
    for (const path of paths) {
      expect(files.filter((file) => contentOf(file).includes(path))).toEqual([]);
    }
  });

  it("runs no script at its installation", () => {
    const { scripts } = JSON.parse(contentOf("package.json")) as { scripts: object };
    for (const name of ["preinstall", "install", "postinstall", "prepare"]) {
      expect(scripts).not.toHaveProperty(name);
    }
  });

  it("contains neither evidence nor pictures", () => {
    expect(files.filter((file) => /^docs\/evidence\/|\.(png|svg|jpe?g)$/.test(file))).toEqual([]);
  });

  it("is smaller than 480 kB", () => {
    expect(statSync(tarball).size).toBeLessThan(480_000);
  });
});

describe("checkers of packages", () => {
  /** Runs the command line of a development dependency; returns its output and its exit status. */
  const run = (script: string[], args: string[]): { status: number | null; said: string } => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, "node_modules", ...script), ...args],
      { cwd: folder, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
    );
    return { status, said: stdout + stderr };
  };

  it("publint has no suggestion", () => {
    const { status, said } = run(["publint", "src", "cli.js"], ["--strict", tarball]);
    expect(said).toContain("All good!");
    expect(status).toBe(0);
  });

  it("are-the-types-wrong accepts every entry from CommonJS, ESM, bundlers and old resolution", () => {
    const { status, said } = run(["@arethetypeswrong", "cli", "dist", "index.js"], [tarball]);
    expect(said).toContain("No problems found");
    expect(status).toBe(0);
  });
});
