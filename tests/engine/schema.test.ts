import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { findEngine } from "../../scripts/engine";
import { describeWithEngine } from "../support/harness/requires";

const ROOT = join(__dirname, "..", "..");

describeWithEngine("a schema", () => {
  it.each([
    ["of this package", "schema.json"],
    ["that the plugin serves", "provider/doors/plugin/schema.json"],
  ])("%s passes the engine's own check without a warning", async (_which, file) => {
    const bin = process.env["VPNAAS_ENGINE_BIN"] ?? (await findEngine(() => undefined)).bin;

    const { stdout, stderr } = await promisify(execFile)(
      join(bin, "pulumi"),
      ["schema", "check", file, "--color", "never"],
      { cwd: ROOT },
    );

    expect(stdout + stderr).not.toMatch(/error|warning/i);
  });
});
