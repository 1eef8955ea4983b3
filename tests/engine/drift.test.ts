import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";

import type { Report } from "../../provider/drift/report";
import { cleanEnvironment } from "../../scripts/cleanEnvironment";
import { findEngine } from "../../scripts/engine";
import {
  startSimulator,
  type FaultRule,
  type RecordedRequest,
  type Simulator,
} from "../../simulator";
import { ChildHandle, type RunResult } from "../harness/child";
import { cloudOf, loginOf, type Cloud } from "../harness/cloud";
import { describeWithEngine } from "../harness/requires";
import { ref, ResourceStack, type Program } from "../harness/resources";

const command = resolve(__dirname, "..", "..", "dist", "cli", "main.js");
const SECRETS = ["canary-psk", "canary-other", "canary-password", "lab-user-pass"];

describeWithEngine("a drift check", () => {
  let simulator: Simulator;
  let cloud: Cloud;
  let program: ResourceStack;
  /** What the last run sent to the network API. */
  let sent: RecordedRequest[];

  const office = (name: string): Program => ({
    [`${name}-ike`]: { kind: "IkePolicy", args: { pfs: "group14" } },
    [name]: {
      kind: "IpsecSiteConnection",
      args: {
        ...cloud.parents,
        ikePolicyId: ref(`${name}-ike.id`),
        description: "as declared",
        peerAddress: "203.0.113.7",
        peerId: "203.0.113.7",
        peerCidrs: ["10.2.0.0/24"],
        psk: "canary-psk",
      },
    },
  });

  beforeAll(async () => {
    simulator = await startSimulator({ pendingMs: 0 });
    cloud = await cloudOf(simulator);
    program = await ResourceStack.make(cloud);
    await program.up(office("main"));
    await program.changeBehindBack("main", { psk: "canary-other", description: "by hand" });
    const password = ["--secret", "vpnaas:password", "canary-password"];
    await program.stack.run(["config", "set", "--stack", "test", ...password]);
  });
  afterAll(async () => {
    await program.dispose();
    await cloud.stop();
  });

  interface How {
    readonly env?: Record<string, string>;
    readonly cwd?: string;
    readonly fault?: FaultRule;
  }

  /** Starts the command beside the program. */
  async function begin(options: string[], { env, cwd }: How = {}): Promise<ChildHandle> {
    const root = dirname(program.stack.directory);
    const bin = process.env["VPNAAS_ENGINE_BIN"] || (await findEngine(() => undefined)).bin;
    return new ChildHandle(
      process.execPath,
      [command, "drift", "--cwd", cwd ?? program.stack.directory, ...options],
      root,
      cleanEnvironment(root, {
        ...loginOf(cloud),
        PATH: [bin, process.env["PATH"] ?? ""].join(delimiter),
        ...env,
      }),
    );
  }

  /** Runs it to its end; state, selection and cloud have to be what they were. */
  async function drift(options: string[], how: How = {}): Promise<RunResult> {
    const root = dirname(program.stack.directory);
    const before = [filesBelow(root), await cloud.objects()];
    const seen = simulator.requests.length;
    if (how.fault) simulator.script(how.fault);
    const run = await (await begin(options, how)).done;

    sent = simulator.requests.slice(seen).filter(({ path }) => path.startsWith("/network"));
    expect(sent.filter(({ method }) => method !== "GET")).toEqual([]);
    expect([filesBelow(root), await cloud.objects()]).toEqual(before);
    for (const secret of SECRETS) expect(run.text).not.toContain(secret);
    expect(run.text).not.toMatch(/^ +at .*\(.*:\d+:\d+\)/m);
    return run;
  }

  async function reported(how: How = {}, ...options: string[]): Promise<Report & { code: number }> {
    const { stdout, code } = await drift(["--json", ...options], how);
    return { ...(JSON.parse(stdout) as Report), code };
  }

  const verdicts = ({ resources }: Report) =>
    Object.fromEntries(resources.map(({ name, verdict }) => [name, verdict]));

  /** The one line on stderr; nothing is on stdout, and the exit status is 1. */
  function refusal({ code, stdout, stderr }: RunResult): string {
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^pulumi-vpnaas: .+\n$/);
    expect(code).toBe(1);
    return stderr;
  }

  it("prints nothing on stdout but JSON, and exits with 2", async () => {
    const report = await reported({}, "--debug");

    expect(report.code).toBe(2);
    expect(verdicts(report)).toEqual({ "main-ike": "inStep", main: "drifted" });
    expect(report.problems).toEqual([]);
  });

  it("exits with 0 if drift is not what it should fail on", async () => {
    expect((await drift(["--fail-on", "down"])).code).toBe(0);
  });

  it("finds the project above the folder that it is given", async () => {
    const cwd = join(program.stack.directory, "node_modules");

    expect((await drift(["--fail-on", "none"], { cwd })).code).toBe(0);
  });

  describe("of a stack that cannot be read", () => {
    it("names the stacks that there are instead of an unknown one", async () => {
      expect(refusal(await drift(["--stack", "nope"]))).toMatch(/no stack nope.*it has test\./);
    });

    it("says that a folder has no project", async () => {
      const cwd = dirname(program.stack.directory);

      expect(refusal(await drift([], { cwd }))).toMatch(/no Pulumi\.yaml in .*--cwd/);
    });

    it("says that there is no such folder", async () => {
      expect(refusal(await drift([], { cwd: "/nowhere" }))).toMatch(/no folder \/nowhere/);
    });

    it.each(["file:///nowhere/state", "postgres://me:canary-password@127.0.0.1:9/state"])(
      "says that the backend %s cannot be reached",
      async (url) => {
        const env = { PULUMI_BACKEND_URL: url };

        expect(refusal(await drift([], { env }))).toMatch(
          /stacks of resources cannot be listed: ./,
        );
      },
    );

    it("says that nobody is logged in to a backend", async () => {
      const env = { PULUMI_BACKEND_URL: "https://api.pulumi.invalid" };

      expect(refusal(await drift([], { env }))).toMatch(/cannot be listed: PULUMI_ACCESS_TOKEN/);
    });

    it("says that there is no pulumi on the PATH", async () => {
      const env = { PATH: dirname(process.execPath) };

      expect(refusal(await drift([], { env }))).toContain("there is no `pulumi` on the PATH");
    });

    it.each([
      ["of an unknown version", (state: string) => state.replace('"version": 3', '"version": 9')],
      ["that was cut short", (state: string) => state.slice(0, 40)],
    ])("says why a state %s cannot be read", async (_title, spoilt) => {
      const root = dirname(program.stack.directory);
      const file = join(root, "state", ".pulumi", "stacks", "resources", "test.json");
      const state = readFileSync(file, "utf8");
      writeFileSync(file, spoilt(state));
      try {
        expect(refusal(await drift(["--stack", "test"]))).toMatch(/state of the stack test cannot/);
      } finally {
        writeFileSync(file, state);
      }
    });
  });

  it.each([
    ["a wrong passphrase", { PULUMI_CONFIG_PASSPHRASE: "wrong" }],
    ["no passphrase", { PULUMI_CONFIG_PASSPHRASE: "" }],
  ])("with %s compares all but the secrets, and says so", async (_title, env) => {
    const report = await reported({ env });
    const main = report.resources.find(({ name }) => name === "main")!;

    expect(report.stacks).toMatchObject([{ name: "test", secretsRead: false }]);
    expect(report.notes).toEqual([
      expect.stringMatching(/left out \(vpnaas:password\): set PULUMI_CONFIG_PASSPHRASE/),
      expect.stringMatching(/secrets in the state.* not compared: set PULUMI_CONFIG_PASSPHRASE/),
    ]);
    expect(main.notCompared).toEqual(["psk"]);
    expect(main.differences.map(({ property }) => property)).toEqual(["description"]);
    expect(report.code).toBe(2);
  });

  describe("of a cloud that does not answer", () => {
    it("shows what was read, and says what was not", async () => {
      const fault = {
        path: /\/ikepolicies$/,
        answer: { status: 400, body: { NeutronError: { message: "out of order" } } },
      };

      const report = await reported({ fault });

      expect(verdicts(report)).toEqual({ "main-ike": "notRead", main: "drifted" });
      expect(report.problems).toEqual([expect.stringMatching(/ikepolicies.*out of order/)]);
      expect(report.code).toBe(1);
    });

    it.each([
      ["the password is wrong", { OS_PASSWORD: "canary-password" }, /refused the login/],
      ["nothing listens there", { OS_AUTH_URL: "http://127.0.0.1:9/v3" }, /ECONNREFUSED/],
    ])("calls nothing gone where %s", async (_title, env: Record<string, string>, why) => {
      const report = await reported({ env });

      expect(verdicts(report)).toEqual({ "main-ike": "notRead", main: "notRead" });
      expect(report.problems).toEqual([expect.stringMatching(why)]);
      expect(report.code).toBe(1);
    });
  });

  it.each(["lab-other-user", "lab-reader"] as const)(
    "calls nothing gone that %s cannot see",
    async (user) => {
      const report = await reported({ env: loginOf(cloud, user) });

      expect(verdicts(report)).toEqual({ "main-ike": "notRead", main: "notRead" });
      expect(report.problems).not.toEqual([]);
      expect(report.unmanaged).toEqual([]);
      expect(report.code).toBe(1);
    },
  );

  it("prints the plan below the table, and writes a page of the same", async () => {
    const page = join(dirname(program.stack.directory), "drift.html");

    const { stdout, code } = await drift(["--plan", "--html", page]);

    expect(stdout).toMatch(
      /drifted +IpsecSiteConnection +main[^]*PUT .*\/ipsec-site-connections\//,
    );
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>[^]*by hand[^]*<\/html>\s*$/i);
    expect(readdirSync(dirname(page)).filter((file) => file.startsWith("drift.html."))).toEqual([]);
    expect(code).toBe(2);
  });

  it("goes on, prints only what changed, and ends by a signal with the last status", async () => {
    const watching = await begin(["--watch", "1s"]);
    try {
      await watching.until(/2 list calls/);
      await program.changeBehindBack("main", { psk: "canary-psk", description: "as declared" });
      await watching.until(/UTC {2}IpsecSiteConnection main.*in step again/);
    } finally {
      watching.kill("SIGTERM");
      await program.changeBehindBack("main", { psk: "canary-other", description: "by hand" });
    }
    const { code, stdout } = await watching.done;

    expect(code).toBe(0);
    expect(stdout.match(/list calls/g)).toHaveLength(1);
    expect(stdout.match(/ UTC {2}/g)).toHaveLength(1);
  });

  it("asks a cloud of two stacks once for each collection", async () => {
    const { stack } = program;
    await stack.run(["stack", "init", "second", "--non-interactive", "--no-select"]);
    await stack.run(["config", "set", "--stack", "second", "vpnaas:dialect", "neutron"]);
    program.write(office("branch"));
    await stack.run(["up", "--yes", "--skip-preview", "--non-interactive", "--stack", "second"]);

    const report = await reported({}, "--all-stacks");

    expect(verdicts(report)).toMatchObject({ main: "drifted", branch: "inStep" });
    const lists = sent.map(({ path }) => path).filter((path) => path.includes("/vpn/"));
    expect(lists.sort()).toEqual([
      "/network/v2.0/vpn/ikepolicies",
      "/network/v2.0/vpn/ipsec-site-connections",
    ]);
  });
});

/** Every file that Pulumi keeps below a test's root: state, selection, the project's own files. */
function filesBelow(root: string): Record<string, string> {
  const kept = ["state", join("pulumi", "workspaces"), "program"]
    .map((folder) => join(root, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes("node_modules"))
        .map((entry) => join(entry.parentPath, entry.name)),
    );
  return Object.fromEntries(kept.map((file) => [file, readFileSync(file, "utf8")]));
}
