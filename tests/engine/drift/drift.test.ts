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

  it("prints nothing on stdout but JSON, and exits with 2", async () => {
    const report = await command.report({}, "--debug");

    expect(report.code).toBe(2);
    expect(verdicts(report)).toEqual({ "main-ike": "inStep", main: "drifted" });
    expect(report.problems).toEqual([]);
  });

  it("exits with 0 if drift is not what it should fail on", async () => {
    expect((await command.run(["--fail-on", "down"])).code).toBe(0);
  });

  it("finds the project above the folder that it is given", async () => {
    const cwd = join(command.program.stack.directory, "node_modules");

    expect((await command.run(["--fail-on", "none"], { cwd })).code).toBe(0);
  });

  describe("of a stack that cannot be read", () => {
    it("names the stacks that there are instead of an unknown one", async () => {
      expect(await command.refusal(["--stack", "nope"])).toMatch(/no stack nope.*it has test\./);
    });

    it("says that a folder has no project", async () => {
      const cwd = command.root;

      expect(await command.refusal([], { cwd })).toMatch(/no Pulumi\.yaml in .*--cwd/);
    });

    it("says that there is no such folder", async () => {
      expect(await command.refusal([], { cwd: "/nowhere" })).toMatch(/no folder \/nowhere/);
    });

    it.each(["file:///nowhere/state", "postgres://me:canary-password@127.0.0.1:9/state"])(
      "says that the backend %s cannot be reached",
      async (url) => {
        const env = { PULUMI_BACKEND_URL: url };

        expect(await command.refusal([], { env })).toMatch(
          /stacks of resources cannot be listed: ./,
        );
      },
    );

    it("says that nobody is logged in to a backend", async () => {
      const env = { PULUMI_BACKEND_URL: "https://api.pulumi.invalid" };

      expect(await command.refusal([], { env })).toMatch(/cannot be listed: PULUMI_ACCESS_TOKEN/);
    });

    it("says that there is no pulumi on the PATH", async () => {
      const env = { PATH: dirname(process.execPath) };

      expect(await command.refusal([], { env })).toContain("there is no `pulumi` on the PATH");
    });

    it("says that a broken state makes the list fail, and that --stack needs none", async () => {
      await command.spoilingState(
        "test",
        () => "{ no json",
        async () => {
          expect(await command.refusal([])).toMatch(/cannot be listed: .*broken: .*--stack/);
        },
      );
    });

    it.each([
      ["of an unknown version", (state: string) => state.replace('"version": 3', '"version": 9')],
      ["that was cut short", (state: string) => state.slice(0, 40)],
    ])("says why a state %s cannot be read", async (_title, spoilt) => {
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
  ])("with %s compares all but the secrets, and says so", async (_title, env) => {
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

  describe("of a cloud that does not answer", () => {
    it("shows what was read, and says what was not", async () => {
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
      ["the password is wrong", { OS_PASSWORD: "canary-password" }, /refused the login/],
      ["nothing listens there", { OS_AUTH_URL: "http://127.0.0.1:9/v3" }, /ECONNREFUSED/],
    ])("calls nothing gone where %s", async (_title, env: Record<string, string>, why) => {
      const report = await command.report({ env });

      expect(verdicts(report)).toEqual({ "main-ike": "notRead", main: "notRead" });
      expect(report.problems).toEqual([expect.stringMatching(why)]);
      expect(report.code).toBe(1);
    });
  });

  it.each(["lab-other-user", "lab-reader"] as const)(
    "calls nothing gone that %s cannot see",
    async (user) => {
      const report = await command.report({ env: loginOf(command.cloud, user) });

      expect(verdicts(report)).toEqual({ "main-ike": "notRead", main: "notRead" });
      expect(report.problems).not.toEqual([]);
      expect(report.unmanaged).toEqual([]);
      expect(report.code).toBe(1);
    },
  );

  it("prints the plan below the table, and writes a page of the same", async () => {
    const page = join(command.root, "drift.html");

    const { stdout, code } = await command.run(["--plan", "--html", page]);

    expect(stdout).toMatch(
      /drifted +IpsecSiteConnection +main[^]*PUT .*\/ipsec-site-connections\//,
    );
    expect(readFileSync(page, "utf8")).toMatch(/^<!doctype html>[^]*by hand[^]*<\/html>\s*$/i);
    expect(readdirSync(dirname(page)).filter((file) => file.startsWith("drift.html."))).toEqual([]);
    expect(code).toBe(2);
  });

  it("goes on, prints only what changed, and ends by a signal with the last status", async () => {
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

  it("says once while watching that a cloud cannot be read, however long that lasts", async () => {
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
