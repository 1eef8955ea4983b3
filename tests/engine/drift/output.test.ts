import { existsSync } from "node:fs";

import { DriftCommand } from "./command";

let command: DriftCommand;
beforeAll(async () => {
  command = await DriftCommand.make();
});
afterAll(() => command.stop());

/** What drift exits with, said on stderr. */
const STATUS = 'echo "status ${PIPESTATUS[0]}" >&2';

const FORMS: [string[]][] = [[[]], [["--json"]], [["--markdown"]], [["--plan"]]];

describe("drift, of a stack that drifted", () => {
  it.each(FORMS)("exits with 2 also where its reader has left, and is quiet: %j", async (form) => {
    const { stderr } = await command.inShell(`drift "$@" | true; ${STATUS}`, form);
    expect(stderr).toBe("status 2\n");
  });

  it("ends a --watch when its reader has left, with the status of what it saw", async () => {
    const { stderr } = await command.inShell(`drift "$@" | true; ${STATUS}`, ["--watch", "1s"]);
    expect(stderr).toBe("status 2\n");
  });

  const itOnFullDisk = existsSync("/dev/full") ? it : it.skip;
  itOnFullDisk.each(FORMS)("fails on a full disk, and says so: %j", async (form) => {
    const { stderr } = await command.inShell(`drift "$@" >> /dev/full; ${STATUS}`, form);
    expect(stderr).toMatch(/^pulumi-vpnaas: The output cannot be written: ENOSPC.*\nstatus 1\n$/);
  });

  it("fails where the page cannot be written, and prints what it found all the same", async () => {
    const { code, stdout, stderr } = await command.run(["--html", `${command.root}/none/page`]);
    expect(stdout).toContain("drifted");
    expect(stderr).toMatch(/^pulumi-vpnaas: The page .*none.page cannot be written: ENOENT/);
    expect(code).toBe(1);
  });

  it("writes the page into a FIFO that is read, and leaves the FIFO", async () => {
    const { stdout } = await command.inShell(
      'mkfifo page; cat page > copy & drift "$@" > /dev/null; wait; test -p page && tail -1 copy',
      ["--html", `${command.root}/page`],
    );
    expect(stdout).toMatch(/<\/html>\s*$/);
  });
});
