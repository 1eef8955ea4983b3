import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { api, login } from "../support/harness/api";

const command = ["--import", "tsx", resolve(__dirname, "../../cli/main.ts")];
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill("SIGKILL");
});

/** Starts the command and returns its output until it is ready. */
async function simulate(...options: string[]): Promise<string> {
  child = spawn(process.execPath, [...command, "simulate", ...options]);
  let printed = "";
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    if (printed.includes("Ctrl-C")) break;
  }
  return printed;
}

it.each(["SIGINT", "SIGTERM"] as const)(
  "simulate prints the shell's variables and exits with status 0 on %s",
  async (signal) => {
    const printed = await simulate();
    child!.kill(signal);

    expect(await once(child!, "exit")).toEqual([0, null]);
    expect(printed).toMatch(/^export OS_AUTH_URL=http:\/\/127\.0\.0\.1:\d+\/identity\/v3$/m);
    expect(printed).toMatch(/^pulumi config set routerId [0-9a-f-]{36}$/m);
    expect(printed).toMatch(/^pulumi config set subnetId [0-9a-f-]{36}$/m);
    expect(printed).not.toContain("vpnServiceId");
  },
);

it("simulate creates a tunnel with its dependencies if the option is set", async () => {
  const printed = await simulate("--with-tunnel");
  const set = Object.fromEntries(
    [...printed.matchAll(/config set (\S+) (\S+)/g)].map(([, key, value]) => [key, value]),
  );
  const [, identityUrl = ""] = /OS_AUTH_URL=(\S+)/.exec(printed) ?? [];
  const cloud = api(identityUrl.replace("/identity/v3", "/network"), await login(identityUrl));

  expect(await cloud.list("/vpn/ipsec-site-connections")).toMatchObject([
    {
      name: "office",
      vpnservice_id: set["vpnServiceId"],
      ikepolicy_id: set["ikePolicyId"],
      ipsecpolicy_id: set["ipsecPolicyId"],
    },
  ]);
});

it.each([
  [["frobnicate"], 'unknown verb "frobnicate"'],
  [["simulate", "--frobnicate"], "Unknown option '--frobnicate'"],
  [["simulate", "--dialect", "aws"], "--dialect is one of neutron, k5"],
])("pulumi-vpnaas answers %j with one line and status 2", (args, complaint) => {
  const { status, stderr } = spawnSync(process.execPath, [...command, ...args], {
    encoding: "utf8",
  });

  expect(status).toBe(2);
  expect(stderr).toContain(complaint);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
