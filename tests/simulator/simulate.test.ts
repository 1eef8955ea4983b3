import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { version as packageVersion } from "../../package.json";
import { api, login } from "../support/harness/api";

const command = ["--import", "tsx", resolve(__dirname, "../../cli/main.ts")];
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill("SIGKILL");
});

const run = (...args: string[]) =>
  spawnSync(process.execPath, [...command, ...args], { encoding: "utf8" });

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

it("simulate prints an application credential that logs in", async () => {
  const printed = await simulate();
  const valueOf = (name: string) => new RegExp(`${name}=(\\S+)`).exec(printed)?.[1];
  const id = valueOf("OS_APPLICATION_CREDENTIAL_ID");
  const secret = valueOf("OS_APPLICATION_CREDENTIAL_SECRET");
  const response = await fetch(`${valueOf("OS_AUTH_URL")}/auth/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      auth: {
        identity: {
          methods: ["application_credential"],
          application_credential: { id, secret },
        },
      },
    }),
  });

  expect(response.status).toBe(201);
  expect(await response.json()).toMatchObject({ token: { user: { name: "lab-user" } } });
});

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
  [[], "no verb given"],
  [["frobnicate"], 'unknown verb "frobnicate"'],
  [["help", "frobnicate"], 'unknown verb "frobnicate"'],
  [["simulate", "--frobnicate"], "Unknown option '--frobnicate'; --help lists all options"],
  [["simulate", "--dialect", "aws"], "--dialect is one of neutron, k5"],
  [["doctor", "--frobnicate"], "Unknown option '--frobnicate'"],
  [["drift", "--json", "--markdown"], "--json and --markdown exclude each other"],
])("pulumi-vpnaas answers %j with one line and status 1", (args, complaint) => {
  const { status, stderr } = run(...args);

  expect(status).toBe(1);
  expect(stderr).toContain(complaint);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

it.each(["--version", "-V", "version"])("pulumi-vpnaas %s prints the version", (argument) => {
  const { status, stdout } = run(argument);
  expect([status, stdout]).toEqual([0, `${packageVersion}\n`]);
});

it.each(["doctor", "drift", "simulate"])(
  "pulumi-vpnaas help %s prints the help of that verb",
  (verb) => {
    const { status, stdout } = run("help", verb);
    expect([status, stdout]).toEqual([0, run(verb, "--help").stdout]);
    expect(stdout).toMatch(new RegExp(`^Usage: pulumi-vpnaas ${verb} `));
  },
);

it("pulumi-vpnaas help lists every verb", () => {
  const { status, stdout } = run("help");
  expect(status).toBe(0);
  expect([...stdout.matchAll(/^ {2}(\w+) {2,}\w/gm)].map(([, verb]) => verb)).toEqual([
    "diagnose",
    "doctor",
    "drift",
    "import",
    "peer",
    "simulate",
  ]);
});
