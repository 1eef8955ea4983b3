import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { allExamples } from "../../../scripts/usage/examples";
import { pythonProgram } from "../../../scripts/usage/python";
import { programOf } from "../../support/harness/pagePrograms";
import { hasPython, preparePython, type PythonEnvironment } from "../../support/harness/pythonSdk";
import { describeWithEngine } from "../../support/harness/requires";

const BUILD_MS = 900_000;

/** Without Go or Python these tests are reported as skipped. */
const describeWithPython = hasPython() ? describeWithEngine : describe.skip;

describeWithPython("mypy with the generated SDK for Python", () => {
  let python: PythonEnvironment;
  let folder: string;

  beforeAll(async () => {
    python = await preparePython(console.error);
    folder = mkdtempSync(join(tmpdir(), "vpnaas-mypy-"));
  }, BUILD_MS);

  afterAll(() => {
    python.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The output of mypy for a program; the SDK itself is not reported. */
  async function complaintsAbout(program: string): Promise<string> {
    writeFileSync(join(folder, "program.py"), program);
    const flags = ["--follow-imports=silent", "--disallow-untyped-defs", "--cache-dir=cache"];
    const env = { ...process.env, ...python.env, MYPYPATH: python.env["PYTHONPATH"] };
    const mypy = promisify(execFile)("python", ["-m", "mypy", ...flags, "program.py"], {
      cwd: folder,
      env,
    });
    return mypy.then(
      () => "",
      (error: unknown) => (error as { readonly stdout: string }).stdout,
    );
  }

  it.each(["plugin", "tunnelLanguages"])(
    "accepts the program of the page %s",
    async (page) => {
      expect(await complaintsAbout(programOf(page, "python"))).toBe("");
    },
    BUILD_MS,
  );

  it("accepts the examples of all resource pages", async () => {
    expect(await complaintsAbout(pythonProgram(allExamples()))).toBe("");
  });

  it("refuses an unknown argument and a string in place of an enumeration", async () => {
    const program = `import pulumi_vpnaas as vpnaas\n\nvpnaas.IkePolicy("ike", VALUE)\n`;
    for (const wrong of ["colour=1", 'ike_version="v2"']) {
      expect(await complaintsAbout(program.replace("VALUE", wrong))).toContain("No overload");
    }
  });
});
