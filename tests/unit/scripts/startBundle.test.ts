import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildSync } from "esbuild";

import { buildStart } from "../../../scripts/buildPlugin";

describe("the start of the plugin's bundle", () => {
  let folder: string;
  let compiled: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "vpnaas-start-"));
    compiled = join(folder, "compiled");
    await buildStart(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const writeBundle = (text: string, seconds: number) => {
    const file = join(folder, "plugin.cjs");
    writeFileSync(file, text);
    utimesSync(file, seconds, seconds);
  };
  const run = (...args: readonly string[]) => {
    const { stdout } = spawnSync(process.execPath, [join(folder, "start.cjs"), ...args], {
      encoding: "utf8",
    });
    return stdout.trim();
  };
  const BUNDLE = `#!/usr/bin/env node\nconsole.log(require("node:path").basename(__filename), ...process.argv.slice(2));`;

  it("runs it with the arguments of the process", () => {
    writeBundle(BUNDLE, 1);
    expect(run("127.0.0.1:1234")).toBe("plugin.cjs 127.0.0.1:1234");
  });

  it("runs it from the code that the first process compiled", () => {
    writeBundle(BUNDLE, 1);
    run();
    const [name] = readdirSync(compiled);
    const kept = readFileSync(join(compiled, name!));
    expect(run("again")).toBe("plugin.cjs again");
    expect(readFileSync(join(compiled, name!))).toEqual(kept);
  });

  it("runs it from the code of a process that tuned V8 for many calls", () => {
    writeBundle(bundleWithCalls(300), 1);
    run();
    const [name] = readdirSync(compiled);
    const kept = readFileSync(join(compiled, name!));
    run();
    expect(readFileSync(join(compiled, name!))).toEqual(kept);
  });

  it("compiles anew if the kept code is damaged", () => {
    writeBundle(BUNDLE, 1);
    run();
    const [name] = readdirSync(compiled);
    writeFileSync(join(compiled, name!), "damaged");
    expect(run("whole")).toBe("plugin.cjs whole");
    expect(readFileSync(join(compiled, name!), "latin1")).not.toBe("damaged");
  });

  it("runs another bundle of the same length", () => {
    writeBundle(`console.log("one");`, 1);
    expect(run()).toBe("one");
    writeBundle(`console.log("two");`, 2);
    expect(run()).toBe("two");
  });

  it("runs it where compiled code cannot be kept", () => {
    writeBundle(BUNDLE, 1);
    writeFileSync(compiled, "a file in place of the folder");
    expect(run("uncompiled")).toBe("plugin.cjs uncompiled");
  });
});

/** A bundle that receives so many calls of the engine. */
function bundleWithCalls(calls: number): string {
  const contents = `import { countCall, restoreFlagsAtExit } from "./v8Tuning";
    restoreFlagsAtExit();
    for (let i = 0; i < ${calls}; i += 1) countCall();`;
  const resolveDir = join(__dirname, "../../../provider/doors");
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir },
    bundle: true,
    platform: "node",
    write: false,
  });
  return outputFiles[0]!.text;
}
