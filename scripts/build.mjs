/**
 * Compiles sdk, provider, simulator and cli into a clean dist/. The result takes the place of the
 * old dist/ only when it is complete, so a failed or interrupted build keeps the old one.
 */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build, transform } from "esbuild";

import { declarationsOf } from "./declarations.mjs";

const require = createRequire(import.meta.url);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
// Beside dist/, so that the relative paths in the source maps stay right.
const fresh = `${dist}.${process.pid}`;
const old = `${fresh}.old`;
const started = new Date();

/**
 * Puts the compiled schemas in the place of the module that compiles them: that takes 90 ms in each process
 * that checks inputs.
 */
async function compileSchemas() {
  const provider = join(fresh, "provider");
  const generator = join(provider, "schema", "compiledSchemas.js");
  const options = { minify: true, format: "cjs", platform: "node" };
  const { code } = await transform(require(generator).compiledSchemas(), options);
  writeFileSync(join(provider, "validation", "compile.js"), code);
  rmSync(generator);
}

/** The compiled schemas stay a file of their own, since only a check loads them; the schema, since others load it too. */
const filesBeside = {
  name: "files beside the bundle",
  setup(bundle) {
    const keep = (filter, path) => bundle.onResolve({ filter }, () => ({ path, external: true }));
    keep(/^\.\/compile$/, "../validation/compile.js");
    keep(/^(\.\.\/)+schema\.json$/, "../../schema.json");
  },
};

/**
 * Puts the door of dynamic providers and the modules of this package that it needs into one file: a provider's
 * process starts twice in a preview with refresh, and reading 150 files takes most of its own part of a start.
 */
async function bundleDoor() {
  await build({
    absWorkingDir: root,
    entryPoints: ["provider/doors/dynamic.ts"],
    outfile: join(fresh, "provider", "doors", "dynamic.js"),
    allowOverwrite: true,
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    minify: true,
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
    plugins: [filesBeside],
  });
}

/** The files below dist/ whose names end so. */
function filesOf(ending) {
  const names = readdirSync(fresh, { recursive: true }).filter((name) => name.endsWith(ending));
  return names.map((name) => join(fresh, name));
}

/**
 * Removes whitespace from the schemas, and comments and whitespace from the code. Its syntax stays: Node.js finds the
 * names that an ES module may import only in exports as TypeScript writes them.
 */
async function shorten() {
  for (const file of filesOf(".json")) {
    writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, "utf8"))));
  }
  await build({
    absWorkingDir: root,
    entryPoints: filesOf(".js"),
    outdir: fresh,
    outbase: fresh,
    allowOverwrite: true,
    bundle: false,
    format: "cjs",
    platform: "node",
    target: "node20",
    minifyWhitespace: true,
    legalComments: "none",
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
  });
}

/** Removes the declarations that no entry of the package leads to. */
function removeInnerDeclarations() {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const entries = Object.values(exports).flatMap(({ types }) => types ?? []);
  const kept = declarationsOf(entries.map((entry) => join(fresh, entry.replace("./dist/", ""))));
  for (const file of filesOf(".d.ts")) if (!kept.has(file)) rmSync(file);
}

try {
  const tsc = require.resolve("typescript/bin/tsc");
  const { status } = spawnSync(
    process.execPath,
    [tsc, "-p", "tsconfig.build.json", "--outDir", fresh],
    { cwd: root, stdio: "inherit" },
  );
  if (status !== 0) process.exitCode = 1;
  else {
    for (const program of ["cli/main.js", "provider/doors/plugin/main.js"]) {
      if (existsSync(join(fresh, program))) chmodSync(join(fresh, program), 0o755);
    }
    removeInnerDeclarations();
    await compileSchemas();
    await shorten();
    await bundleDoor();
    // Sources that changed while the compiler ran are newer than this build.
    utimesSync(fresh, started, started);
    // A running program finds the old or the new folder, except for a moment.
    if (existsSync(dist)) renameSync(dist, old);
    renameSync(fresh, dist);
  }
} finally {
  for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
}
