import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { SHELL_WRAPPER } from "../../../scripts/pluginWrappers";

describe("the program of the plugin's release", () => {
  let folder: string;
  let program: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vpnaas wrapper "));
    for (const name of ["plugin", "bin"]) mkdirSync(join(folder, name));
    program = join(folder, "plugin", "pulumi-resource-vpnaas");
    const write = (file: string, text: string) => writeFileSync(file, text, { mode: 0o755 });
    write(program, SHELL_WRAPPER);
    write(join(folder, "bin", "node"), `#!/bin/sh\nprintf '%s\\n' "$NODE_COMPILE_CACHE" "$@"\n`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const run = (env: NodeJS.ProcessEnv = {}) => {
    const PATH = [join(folder, "bin"), process.env["PATH"]].join(delimiter);
    const { stdout } = spawnSync(program, ["127.0.0.1:1234"], {
      encoding: "utf8",
      env: { PATH, ...env },
    });
    return stdout.trim().split("\n");
  };

  it("starts the bundle with the address of the engine, and keeps compiled code beside it", () => {
    const plugin = join(folder, "plugin");
    expect(run()).toEqual([join(plugin, "compiled"), join(plugin, "plugin.cjs"), "127.0.0.1:1234"]);
  });

  it("leaves the folder for compiled code to a user who has chosen one", () => {
    expect(run({ NODE_COMPILE_CACHE: "/my/cache" })[0]).toBe("/my/cache");
  });
});
