import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { canariesBelow, canariesIn } from "../../support/harness/canaries";
import type { RunResult } from "../../support/harness/child";
import { startCommand } from "../../support/harness/command";

const CANARIES = { stem: "canary" };
/** Variables with canaries that a command may read, or print by mistake. */
const ENV = {
  OS_AUTH_URL: "http://127.0.0.1:9/v3",
  OS_USERNAME: "lab-user",
  OS_PROJECT_NAME: "lab",
  OS_PASSWORD: "canary-password",
  OS_TOKEN: "canary-token",
  OS_APPLICATION_CREDENTIAL_SECRET: "canary-secret",
  HTTP_PROXY: "http://somebody:canary-proxy@127.0.0.1:9",
  HTTPS_PROXY: "http://somebody:canary-proxy@127.0.0.1:9",
  NO_PROXY: "",
  no_proxy: "",
  /** Makes libraries log more than they should. */
  DEBUG: "*",
};

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vpnaas-commands-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const begin = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  startCommand(folder, args, { ...ENV, TMPDIR: folder, ...env });

const expectNone = ({ stdout, stderr }: RunResult) => {
  expect(canariesIn(`${stdout}\n${stderr}`, CANARIES)).toEqual([]);
  expect(canariesBelow(folder, CANARIES)).toEqual([]);
};

it.each([
  ["--help"],
  ["doctor --help"],
  ["drift --help"],
  ["simulate --help"],
  [""],
  ["nonsense"],
  ["--os-password=canary-password"],
  ["doctor --password canary-password"],
  ["doctor --password=canary-password"],
  ["drift --token=canary-token"],
  ["simulate --psk canary-psk"],
])("`pulumi-vpnaas %s` prints no secret", async (line) => {
  const run = await begin(line.split(" ").filter((word) => word !== "")).done;
  expect(run.text).toMatch(/Usage|pulumi-vpnaas: /);
  expectNone(run);
});

it.each(["http://127.0.0.1:9/v3", "https://127.0.0.1:9/v3"])(
  "doctor prints no secret with an unreachable proxy and DEBUG set: %s",
  async (url) => {
    const others = { OS_TOKEN: "", OS_APPLICATION_CREDENTIAL_SECRET: "" };
    const run = await begin(["doctor", "--debug"], { OS_AUTH_URL: url, ...others }).done;
    expect(run.text).toMatch(/password +\(hidden\) +OS_PASSWORD/);
    expect(run.text).toMatch(/FAIL +POST .*no answer \(ECONNREFUSED\)/);
    expectNone(run);
  },
);

it("simulate prints no variable of its environment", async () => {
  const running = begin(["simulate"]);
  await running.until(/Ctrl-C ends it/);
  running.kill("SIGINT");
  expectNone(await running.done);
});
