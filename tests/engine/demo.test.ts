import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

import { describeWithEngine } from "../support/harness/requires";

const ROOT = join(__dirname, "..", "..");

describeWithEngine("npm run demo", () => {
  it("prints all five acts and a closing table, and never the psk", async () => {
    const { stdout } = await promisify(execFile)("npm", ["run", "--silent", "demo"], { cwd: ROOT });

    for (const act of [1, 2, 3, 4, 5]) expect(stdout).toContain(`=== Act ${act}: `);
    expect(stdout).toMatch(/is PENDING_CREATE for \d+s/);
    expect(stdout).toMatch(/update while PENDING +waited, then applied/);
    expect(stdout).toMatch(/psk: differs \(hidden\)/);
    expect(stdout).toMatch(/destroy +gone/);
    expect(stdout).not.toContain("demo-pre-shared-key");
  });
});
