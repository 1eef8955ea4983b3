import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

import { version } from "../../../package.json";
import { cleanEnvironment } from "../../../scripts/cleanEnvironment";
import { releasePlugin } from "../../support/harness/installedPlugin";
import { describeWithEngine } from "../../support/harness/requires";
import { CHOICES } from "../cells";
import { engineBin, nodeBin } from "../machine";

/** The installation of a Node of a hundred megabytes, on a busy machine. */
const LONGEST_MS = 600_000;

describeWithEngine("the tarball of the plugin", () => {
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "vpnaas-nodes-"));
    mkdirSync(join(folder, "home"));
    const release = await releasePlugin();
    execFileSync("tar", ["-xzf", release.tarball, "-C", folder]);
    release.remove();
  }, LONGEST_MS);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(CHOICES.node)(
    "serves its schema to an engine on Node %s",
    async (node) => {
      const path = [await nodeBin(node), await engineBin(), process.env["PATH"]];
      const args = ["package", "get-schema", "./pulumi-resource-vpnaas"];
      const { stdout } = await promisify(execFile)("pulumi", args, {
        cwd: folder,
        env: cleanEnvironment(folder, { PATH: path.join(delimiter) }),
      });
      expect(JSON.parse(stdout)).toMatchObject({ name: "vpnaas", version });
    },
    LONGEST_MS,
  );
});
