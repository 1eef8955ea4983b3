import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { findEngine } from "../../scripts/engine";
import { describeWithEngine } from "../support/harness/requires";

const ROOT = join(__dirname, "..", "..");

describeWithEngine("schema.json", () => {
  it("passes the engine's own check without a warning", async () => {
    const bin = process.env["VPNAAS_ENGINE_BIN"] ?? (await findEngine(() => undefined)).bin;

    const { stdout, stderr } = await promisify(execFile)(
      join(bin, "pulumi"),
      ["schema", "check", "schema.json", "--color", "never"],
      { cwd: ROOT },
    );

    expect(stdout + stderr).not.toMatch(/error|warning/i);
  });
});
