import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const command = ["--import", "tsx", resolve(__dirname, "../../cli/main.ts")];
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill("SIGKILL");
});

it.each(["SIGINT", "SIGTERM"] as const)(
  "prints what a shell needs and ends with status 0 on %s",
  async (signal) => {
    child = spawn(process.execPath, [...command, "simulate"]);
    let printed = "";
    for await (const chunk of child.stdout ?? []) {
      printed += String(chunk);
      if (printed.includes("Ctrl-C")) {
        break;
      }
    }
    child.kill(signal);

    expect(await once(child, "exit")).toEqual([0, null]);
    expect(printed).toMatch(/^export OS_AUTH_URL=http:\/\/127\.0\.0\.1:\d+\/identity\/v3$/m);
    expect(printed).toMatch(/^pulumi config set vpnServiceId [0-9a-f-]{36}$/m);
  },
);

it.each([
  [["frobnicate"], 'unknown verb "frobnicate"'],
  [["simulate", "--frobnicate"], "Unknown option '--frobnicate'"],
  [["simulate", "--dialect", "aws"], "--dialect is one of neutron, k5"],
])("answers %j with one line and status 2", (args, complaint) => {
  const { status, stderr } = spawnSync(process.execPath, [...command, ...args], {
    encoding: "utf8",
  });

  expect(status).toBe(2);
  expect(stderr).toContain(complaint);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
