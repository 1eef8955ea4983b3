import { existsSync } from "node:fs";

import { DriftCommand } from "./command";

let command: DriftCommand;
beforeAll(async () => {
  command = await DriftCommand.make();
});
afterAll(() => command.stop());

/** Prints the exit status of drift on stderr. */
const STATUS = 'echo "status ${PIPESTATUS[0]}" >&2';

const FORMS: [string[]][] = [[[]], [["--json"]], [["--markdown"]], [["--plan"]]];

describe("drift of a drifted stack", () => {
  it.each(FORMS)("exits with 2 after its reader has left and prints no error: %j", async (form) => {
    const { stderr } = await command.inShell(`drift "$@" | true; ${STATUS}`, form);
    expect(stderr).toBe("status 2\n");
  });

  it("ends a --watch after its reader has left, with the status of the last round", async () => {
    const { stderr } = await command.inShell(`drift "$@" | true; ${STATUS}`, ["--watch", "1s"]);
    expect(stderr).toBe("status 2\n");
  });

  const itOnFullDisk = existsSync("/dev/full") ? it : it.skip;
  itOnFullDisk.each(FORMS)("fails on a full disk and reports this: %j", async (form) => {
    const { stderr } = await command.inShell(`drift "$@" >> /dev/full; ${STATUS}`, form);
    expect(stderr).toMatch(/^pulumi-vpnaas: The output cannot be written: ENOSPC.*\nstatus 1\n$/);
  });

  it("fails if the page is not writable, but prints its findings", async () => {
    const { code, stdout, stderr } = await command.run(["--html", `${command.root}/none/page`]);
    expect(stdout).toContain("drifted");
    expect(stderr).toMatch(/^pulumi-vpnaas: The page .*none.page cannot be written: ENOENT/);
    expect(code).toBe(1);
  });

  it("writes the page into a FIFO and keeps the FIFO", async () => {
    const { stdout } = await command.inShell(
      'mkfifo page; cat page > copy & drift "$@" > /dev/null; wait; test -p page && tail -1 copy',
      ["--html", `${command.root}/page`],
    );
    expect(stdout).toMatch(/<\/html>\s*$/);
  });
});
