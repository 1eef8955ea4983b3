import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { cleanEnvironment } from "../../scripts/cleanEnvironment";

const command = resolve(__dirname, "..", "..", "dist", "cli", "main.js");

/** A login that fails, so that `doctor` has something to complain of. */
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

/** Runs a command whose output goes there: a descriptor, or a pipe that its reader has left. */
async function run(args: string[], { stdout = "left", stderr }: Where) {
  const child = spawn(process.execPath, [command, ...args], {
    cwd: folder,
    env: cleanEnvironment(folder, NOBODY),
    stdio: ["ignore", stdout === "left" ? "pipe" : stdout, stderr ?? "pipe"],
  });
  child.stdout?.destroy();
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const code = await new Promise((done) => child.once("close", done));
  return { code, errors };
}

describe("a reader that has left, as `| head` does", () => {
  it.each([[["--help"]], [["drift", "--help"]], [["simulate"]]])(
    "is no failure of %j, and quiet",
    async (args) => {
      expect(await run(args, {})).toEqual({ code: 0, errors: "" });
    },
  );

  it("hides no failure that doctor finds", async () => {
    expect(await run(["doctor"], {})).toEqual({ code: 1, errors: "" });
  });
});

/** Opened to append, which a device takes and nothing else of it changes. */
const onFullDisk = existsSync("/dev/full") ? describe : describe.skip;

onFullDisk("a full disk", () => {
  let full: number;
  beforeEach(() => {
    full = openSync("/dev/full", "a");
  });
  afterEach(() => closeSync(full));

  it.each([[["--help"]], [["drift", "--help"]], [["simulate"]], [["doctor"]]])(
    "is a failure of %j, with one line that says so",
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

  it("under stderr is a failure by itself where something was to be said there", async () => {
    const { code } = await run(["simulate", "--port", "x"], { stderr: full });
    expect(code).toBe(1);
  });
});

it("takes a disk that has room for a part alone for a failure, not a success with half a text", async () => {
  const limited = `trap '' XFSZ; ulimit -f 1; exec "$0" "$1" drift --help > help`;
  const child = spawn("bash", ["-c", limited, process.execPath, command], { cwd: folder });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const code = await new Promise((done) => child.once("close", done));

  expect(readFileSync(join(folder, "help"), "utf8")).toHaveLength(1_024);
  expect([code, errors]).toEqual([1, expect.stringMatching(/cannot be written: EFBIG/)]);
});
