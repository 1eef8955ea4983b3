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
    write(join(folder, "bin", "node"), `#!/bin/sh\nprintf '%s\\n' "$@"\n`);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("starts the bundle with the address of the engine", () => {
    const PATH = [join(folder, "bin"), process.env["PATH"]].join(delimiter);
    const { stdout } = spawnSync(program, ["127.0.0.1:1234"], { encoding: "utf8", env: { PATH } });
    expect(stdout.trim().split("\n")).toEqual([
      join(folder, "plugin", "start.cjs"),
      "127.0.0.1:1234",
    ]);
  });
});
