import { chmodSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { parse } from "yaml";

import { loginOf, simulatedCloud, type Cloud } from "../../support/harness/cloud";
import { KINDS } from "../../support/harness/kinds";
import { describeWithEngine } from "../../support/harness/requires";
import { TestStack } from "../../support/harness/stack";
import { exampleAt } from "../../support/scenarios/examples";

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly run?: string;
}

const workflow = parse(readFileSync(join(exampleAt("driftCheck"), "vpn-drift.yml"), "utf8")) as {
  jobs: { drift: { steps: Step[] } };
};

/** A fake `gh` that logs its arguments and prints GH_FINDS as its search result. */
const GH = `#!/usr/bin/env bash
printf 'gh %s\\n' "$*" >> "$GH_LOG"
case "$1 $2" in "api --paginate" | "issue list") printf '%s' "$GH_FINDS" ;; esac
`;

describeWithEngine("the workflow of the example driftCheck", () => {
  let cloud: Cloud;
  let stack: TestStack;

  beforeAll(async () => {
    cloud = await simulatedCloud();
    const { routerId, subnetId } = cloud.fixture;
    stack = await TestStack.create({
      program: exampleAt("quickstart"),
      config: { "vpnaas:dialect": "neutron", routerId, subnetId },
      secretConfig: { psk: "canary-psk" },
      env: loginOf(cloud),
    });
    await stack.up();
    chmodSync(join(__dirname, "..", "..", "..", "dist", "cli", "main.js"), 0o755);
    stack.write("bin/gh", GH);
    chmodSync(join(stack.directory, "bin", "gh"), 0o755);
  });
  afterAll(async () => {
    await stack.dispose();
    await cloud.stop();
  });

  /** Runs the checking and reporting steps of the job in the way of the workflow's runner. */
  async function check(event: { pullRequest?: string; finds?: string } = {}) {
    for (const file of ["drift.md", "gh.log", "summary.md", "output"]) stack.write(file, "");
    const at = (file: string) => join(stack.directory, file);
    stack.setEnv({
      ...loginOf(cloud),
      PATH: [join(stack.directory, "bin"), process.env["VPNAAS_ENGINE_BIN"], process.env["PATH"]]
        .filter((folder) => folder !== undefined)
        .join(delimiter),
      GITHUB_STEP_SUMMARY: at("summary.md"),
      GITHUB_OUTPUT: at("output"),
      GITHUB_REPOSITORY: "acme/vpn",
      GH_LOG: at("gh.log"),
      GH_FINDS: event.finds ?? "",
      PULL_REQUEST: event.pullRequest ?? "",
    });
    await stack.bash(stepOf("Look for drift").run);
    const status = /status=(\d)/.exec(readFileSync(at("output"), "utf8"))?.[1] ?? "";
    if (status !== "0" || event.pullRequest !== undefined) {
      const { code, text } = await stack.bash(`STATUS=${status}\n${stepOf("Comment").run}`);
      if (code !== 0) throw new Error(text);
    }
    const failing = stepOf("Fail if there is drift").run.replace(/\$\{\{.*?\}\}/, status);
    return {
      code: (await stack.bash(failing)).code,
      markdown: readFileSync(at("drift.md"), "utf8"),
      summary: readFileSync(at("summary.md"), "utf8"),
      page: readFileSync(at("drift.html"), "utf8"),
      calls: readFileSync(at("gh.log"), "utf8").trimEnd().split("\n").filter(Boolean),
    };
  }

  it("passes without a call of gh if the stack is in step", async () => {
    const { code, summary, calls, page } = await check();

    expect(code).toBe(0);
    expect(summary).toContain("in step");
    expect(page).toMatch(/^<!doctype html>/i);
    expect(calls).toEqual([]);
  });

  it("creates no comment on a pull request if the stack is in step", async () => {
    const { code, calls } = await check({ pullRequest: "12" });

    expect(code).toBe(0);
    expect(calls).toEqual([expect.stringContaining("gh api --paginate")]);
  });

  it("updates its comment on a pull request when the stack is in step again", async () => {
    const { code, calls, markdown } = await check({ pullRequest: "12", finds: "99" });

    expect(code).toBe(0);
    expect(calls.at(-1)).toContain("gh api --method PATCH repos/acme/vpn/issues/comments/99");
    expect(markdown).toContain("VPN: in step");
  });

  it("runs the comment step after findings and for every pull request", () => {
    expect(stepOf("Comment").if).toBe(
      "steps.drift.outputs.status != '0' || github.event_name == 'pull_request'",
    );
  });

  describe("after a change of a psk outside Pulumi", () => {
    beforeAll(async () => {
      const { path, key } = KINDS.IpsecSiteConnection;
      const { IpsecSiteConnection: connections } = await cloud.objects();
      const own = connections!.find(({ vpnservice_id }) => {
        return vpnservice_id !== cloud.parents.vpnServiceId;
      })!;
      await cloud.api.put(`${path}/${own.id}`, { [key]: { psk: "canary-by-hand" } });
    });

    it("opens an issue for a finding of the schedule and fails", async () => {
      const { code, calls, markdown, summary } = await check();

      expect(code).toBe(2);
      expect(calls.at(-1)).toBe(
        "gh issue create --title VPN drift --label vpn-drift --body-file drift.md",
      );
      expect(markdown).toMatch(/^<!-- pulumi-vpnaas drift -->/);
      expect(markdown).toContain("psk");
      expect(markdown).not.toContain("canary");
      expect(summary).toBe(markdown);
    });

    it("comments on an open issue", async () => {
      const { calls } = await check({ finds: "7" });

      expect(calls.at(-1)).toBe("gh issue comment 7 --body-file drift.md");
    });

    it("comments on a pull request", async () => {
      const { code, calls } = await check({ pullRequest: "12" });

      expect(code).toBe(2);
      expect(calls.at(-1)).toBe("gh pr comment 12 --body-file drift.md");
    });

    it("updates its own comment on a pull request", async () => {
      const { calls } = await check({ pullRequest: "12", finds: "99" });

      expect(calls.at(-1)).toBe(
        "gh api --method PATCH repos/acme/vpn/issues/comments/99 --field body=@drift.md --silent",
      );
    });
  });

  it("also reports and fails when the check itself fails", async () => {
    stack.write("Pulumi.yaml", "name: [");

    const { code, calls, markdown } = await check();

    expect(code).toBe(1);
    expect(markdown).toContain("The drift check itself failed");
    expect(calls.at(-1)).toContain("gh issue create");
  });
});

function stepOf(name: string): Step & { readonly run: string } {
  const { run, ...rest } = workflow.jobs.drift.steps.find((step) => step.name === name)!;
  return { ...rest, run: run! };
}
