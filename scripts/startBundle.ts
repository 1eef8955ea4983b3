/**
 * `start.cjs` of a release: runs `plugin.cjs` beside it. Compiling that file takes a third of a start, so the code that V8
 * has compiled is kept in the folder `compiled`, for each version of Node.js; where it cannot be written, each
 * start compiles anew. Node's own cache (NODE_COMPILE_CACHE) needs Node.js 22.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire, wrap } from "node:module";
import { dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";

const BUNDLE = join(__dirname, "plugin.cjs");

/** V8 compares the length of the code alone, so the name has the time of the bundle as well. */
const COMPILED = join(
  __dirname,
  "compiled",
  `${cachedDataVersionTag()}-${Math.trunc(statSync(BUNDLE).mtimeMs)}`,
);

function run(): void {
  const cachedData = readCompiled();
  const script = new Script(wrap(readFileSync(BUNDLE, "utf8").replace(/^#!.*/, "")), {
    filename: BUNDLE,
    ...(cachedData && { cachedData }),
  });
  if (!cachedData || script.cachedDataRejected) {
    // By then V8 has compiled the functions that an operation needs.
    process.once("exit", () => keepCompiled(script.createCachedData()));
  }
  const start = script.runInThisContext() as (...args: readonly unknown[]) => void;
  const module = { exports: {} };
  start(module.exports, createRequire(BUNDLE), module, BUNDLE, dirname(BUNDLE));
}

function readCompiled(): Buffer | undefined {
  try {
    return readFileSync(COMPILED);
  } catch {
    return undefined;
  }
}

/** Another process may start at any moment, so the file appears as a whole. */
function keepCompiled(code: Buffer): void {
  const part = `${COMPILED}.${process.pid}`;
  try {
    mkdirSync(dirname(COMPILED), { recursive: true });
    writeFileSync(part, code);
    renameSync(part, COMPILED);
  } catch {
    // The folder of the plugin may belong to another user.
  }
}

run();
