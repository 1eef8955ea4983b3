import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { COMMAND, commandEnvironment } from "../support/harness/command";

/** A login that fails, so that `doctor` reports a problem. */
const NOBODY = { OS_AUTH_URL: "http://127.0.0.1:1/v3", OS_USERNAME: "me", OS_PASSWORD: "canary" };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-output-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Where {
  readonly stdout?: number | "left";
  readonly stderr?: number;
}

/** Runs a command with its output in a descriptor, or in a pipe that its reader has closed. */
async function run(args: string[], { stdout = "left", stderr }: Where) {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    env: commandEnvironment(folder, NOBODY),
    stdio: ["ignore", stdout === "left" ? "pipe" : stdout, stderr ?? "pipe"],
  });
  child.stdout?.destroy();
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const code = await new Promise((done) => child.once("close", done));
  return { code, errors };
}

describe("a closed pipe, as after `| head`,", () => {
  it.each([[["--help"]], [["drift", "--help"]], [["simulate"]]])(
    "is not an error of %j and prints nothing",
    async (args) => {
      expect(await run(args, {})).toEqual({ code: 0, errors: "" });
    },
  );

  it("does not hide a problem that doctor finds", async () => {
    expect(await run(["doctor"], {})).toEqual({ code: 1, errors: "" });
  });
});

/** /dev/full refuses every write; opening it to append does not change the device. */
const onFullDisk = existsSync("/dev/full") ? describe : describe.skip;

onFullDisk("a full disk", () => {
  let full: number;
  beforeEach(() => {
    full = openSync("/dev/full", "a");
  });
  afterEach(() => closeSync(full));

  it.each([[["--help"]], [["drift", "--help"]], [["simulate"]], [["doctor"]]])(
    "makes %j fail with one line that reports it",
    async (args) => {
      expect(await run(args, { stdout: full })).toEqual({
        code: 1,
        errors: expect.stringMatching(/^pulumi-vpnaas: The output cannot be written: ENOSPC.*\n$/),
      });
    },
  );

  it("under stderr does not turn an error into a success", async () => {
    const { code } = await run(["drift", "--stack", "x"], { stderr: full });
    expect(code).toBe(1);
  });

  it("under stderr makes a command with an error message fail", async () => {
    const { code } = await run(["simulate", "--port", "x"], { stderr: full });
    expect(code).toBe(1);
  });
});

it("a disk with space for a part of the output makes the command fail", async () => {
  const limited = `trap '' XFSZ; ulimit -f 1; exec "$0" "$1" drift --help > help`;
  const child = spawn("bash", ["-c", limited, process.execPath, COMMAND], { cwd: folder });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const code = await new Promise((done) => child.once("close", done));

  expect(readFileSync(join(folder, "help"), "utf8")).toHaveLength(1_024);
  expect([code, errors]).toEqual([1, expect.stringMatching(/cannot be written: EFBIG/)]);
});
