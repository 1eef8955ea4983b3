import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { FaultRule } from "../../../simulator";
import { loginOf } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { DriftCommand, verdicts } from "./command";

describeWithEngine("a drift check", () => {
  let command: DriftCommand;
  beforeAll(async () => void (command = await DriftCommand.make()));
  afterAll(() => command.stop());

  it("prints only JSON on stdout with --json and exits with 2", async () => {
    const report = await command.report({}, "--debug");

    expect(report.code).toBe(2);
    expect(verdicts(report)).toEqual({ "main-ike": "inStep", main: "drifted" });
    expect(report.problems).toEqual([]);
  });

  it("exits with 0 for drift outside of --fail-on", async () => {
    expect((await command.run(["--fail-on", "down"])).code).toBe(0);
  });

  it("finds the project above the given folder", async () => {
    const cwd = join(command.program.stack.directory, "node_modules");

    expect((await command.run(["--fail-on", "none"], { cwd })).code).toBe(0);
  });

  describe("of an unreadable stack", () => {
    it("lists the existing stacks after an unknown one", async () => {
      expect(await command.refusal(["--stack", "nope"])).toMatch(/no stack nope.*it has test\./);
    });

    it("reports a folder without a project", async () => {
      const cwd = command.root;

      expect(await command.refusal([], { cwd })).toMatch(/no Pulumi\.yaml in .*--cwd/);
    });

    it("reports a missing folder", async () => {
      expect(await command.refusal([], { cwd: "/nowhere" })).toMatch(/no folder \/nowhere/);
    });

    it.each(["file:///nowhere/state", "postgres://me:canary-password@127.0.0.1:9/state"])(
      "reports the unreachable backend %s",
      async (url) => {
        const env = { PULUMI_BACKEND_URL: url };

        expect(await command.refusal([], { env })).toMatch(
          /stacks of resources cannot be listed: ./,
        );
      },
    );

    it("reports a backend without a login", async () => {
      const env = { PULUMI_BACKEND_URL: "https://api.pulumi.invalid" };

      expect(await command.refusal([], { env })).toMatch(/cannot be listed: PULUMI_ACCESS_TOKEN/);
    });

    it("reports a missing pulumi on the PATH", async () => {
      const env = { PATH: dirname(process.execPath) };

      expect(await command.refusal([], { env })).toContain("there is no `pulumi` on the PATH");
    });

    it("reports that a broken state breaks the list, and suggests --stack", async () => {
      await command.spoilingState(
        "test",
        () => "{ no json",
        async () => {
          expect(await command.refusal([])).toMatch(/cannot be listed: .*broken: .*--stack/);
        },
      );
    });

    it.each([
      ["of an unknown version", (state: string) => state.replace(/"version": ?3/, '"version": 9')],
      ["cut short", (state: string) => state.slice(0, 40)],
    ])("reports the reason why a state %s is unreadable", async (_title, spoilt) => {
      await command.spoilingState("test", spoilt, async () => {
        expect(await command.refusal(["--stack", "test"])).toMatch(
          /state of the stack test cannot/,
        );
      });
    });
  });

  it.each([
    ["a wrong passphrase", { PULUMI_CONFIG_PASSPHRASE: "wrong" }],
    ["no passphrase", { PULUMI_CONFIG_PASSPHRASE: "" }],
  ])("with %s compares all properties except secrets and reports this", async (_title, env) => {
    const report = await command.report({ env });
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

  describe("of an unreachable cloud", () => {
    it("shows the observed resources and reports the failed lists", async () => {
      const fault = {
        path: /\/ikepolicies$/,
        answer: { status: 400, body: { NeutronError: { message: "out of order" } } },
      };

      const report = await command.report({ fault });

      expect(verdicts(report)).toEqual({ "main-ike": "notRead", main: "drifted" });
      expect(report.problems).toEqual([expect.stringMatching(/ikepolicies.*out of order/)]);
      expect(report.code).toBe(1);
    });

    it.each([
      ["a wrong password", { OS_PASSWORD: "canary-password" }, /refused the login/],
      ["a closed port", { OS_AUTH_URL: "http://127.0.0.1:9/v3" }, /ECONNREFUSED/],
    ])(
      "reports no resource as missing with %s",
      async (_title, env: Record<string, string>, why) => {
        const report = await command.report({ env });

        expect(verdicts(report)).toEqual({ "main-ike": "notRead", main: "notRead" });
        expect(report.problems).toEqual([expect.stringMatching(why)]);
        expect(report.code).toBe(1);
      },
    );
  });

  it.each(["lab-other-user", "lab-reader"] as const)(
    "reports no resource as missing that %s cannot see",
    async (user) => {
      const report = await command.report({ env: loginOf(command.cloud, user) });

      expect(verdicts(report)).toEqual({ "main-ike": "notRead", main: "notRead" });
      expect(report.problems).not.toEqual([]);
      expect(report.unmanaged).toEqual([]);
      expect(report.code).toBe(1);
    },
  );

  it("prints the plan below the table and writes both into a page", async () => {
    const page = join(command.root, "drift.html");

    const { stdout, code } = await command.run(["--plan", "--html", page]);

    expect(stdout).toMatch(
      /drifted +IpsecSiteConnection +main[^]*PUT .*\/ipsec-site-connections\//,
    );
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>[^]*by hand[^]*<\/html>\s*$/i);
    expect(readdirSync(dirname(page)).filter((file) => file.startsWith("drift.html."))).toEqual([]);
    expect(code).toBe(2);
  });

  it("with --watch prints only changes and exits after a signal with the last status", async () => {
    const watching = await command.begin(["--watch", "1s"]);
    try {
      await watching.until(/2 list calls/);
      await command.change("as declared");
      await watching.until(/UTC {2}IpsecSiteConnection main.*in step again/);
    } finally {
      watching.kill("SIGTERM");
      await command.change("by hand");
    }
    const { code, stdout } = await watching.done;

    expect(code).toBe(0);
    expect(stdout.match(/list calls/g)).toHaveLength(1);
    expect(stdout.match(/ UTC {2}/g)).toHaveLength(1);
  });

  it("with --watch reports an unreadable cloud once for any duration", async () => {
    const fault: FaultRule = {
      method: "GET",
      path: /\/ikepolicies$/,
      times: Infinity,
      answer: { status: 400, body: { NeutronError: { message: "out of order" } } },
    };
    const watching = await command.begin(["--watch", "1s", "--stack", "test"]);
    try {
      await watching.until(/2 list calls/);
      command.simulator.script(fault);
      await watching.until(/problem: /);
      const seen = command.simulator.requests.length;
      const looks = () =>
        command.simulator.requests.slice(seen).filter(({ path }) => path.endsWith("/ikepolicies"))
          .length;
      while (looks() < 2) await new Promise((resume) => setTimeout(resume, 100));
      fault.times = 0;
      await watching.until(/problem ended: /);
    } finally {
      fault.times = 0;
      watching.kill("SIGTERM");
    }
    const { stdout } = await watching.done;

    expect(stdout.match(/ UTC {2}.*?:/g)).toEqual([
      expect.stringMatching(/ UTC {2}problem:$/),
      expect.stringMatching(/ UTC {2}problem ended:$/),
    ]);
  });
});
