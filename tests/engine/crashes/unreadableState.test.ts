import { readFileSync, truncateSync } from "node:fs";
import { dirname, join } from "node:path";

import { isWhole } from "../../support/harness/campaigns";
import { CrashStage, type Stop } from "../../support/harness/crashes";
import type { Args } from "../../support/harness/kinds";
import { describeWithEngine } from "../../support/harness/requires";
import type { Program } from "../../support/harness/resources";

const ROOT = join(__dirname, "..", "..", "..");
const PAGE = readFileSync(join(ROOT, "docs", "evidence", "crashes.md"), "utf8");

/** The page's commands for an error, without interactive questions. */
function commandsFor(error: string, folder: string): string {
  const [, advice] = PAGE.split(`\`failed to load checkpoint: ${error}\`:`);
  const [, commands] = advice!.split(/```(?:sh)?\n/);
  return commands!
    .replaceAll("<folder>", folder)
    .replaceAll("<project>", "resources")
    .replaceAll("<stack>", "test")
    .replaceAll("pulumi up", "pulumi up --yes");
}

/** A run that is killed after it has recorded a step of `office` and sent a request of `branch`. */
interface KilledRun {
  readonly title: string;
  readonly names: readonly string[];
  readonly description: string;
  readonly call: string;
  /** The number of objects that the run and the repair create for each resource. */
  readonly created: Readonly<Record<string, number>>;
}

const RUNS: KilledRun[] = [
  {
    title: "created",
    names: ["office", "branch"],
    description: "",
    call: "POST",
    created: { office: 1, branch: 1 },
  },
  {
    title: "updated",
    names: ["office", "branch"],
    description: "new",
    call: "PUT",
    created: {},
  },
  { title: "deleted", names: [], description: "", call: "DELETE", created: {} },
];

const TRIED = RUNS.filter(({ title }) => isWhole("CRASHES") || title === "created");

describeWithEngine("an unreadable state", () => {
  let stage: CrashStage;

  beforeEach(async () => {
    stage = await CrashStage.open();
  });

  afterEach(() => stage.close());

  function programOf({ names, description }: Pick<KilledRun, "names" | "description">): Program {
    const common: Args = {
      ...stage.cloud.parents,
      description,
      peerCidrs: ["10.2.0.0/24"],
      psk: "canary-psk",
      peerAddress: "203.0.113.77",
    };
    const each = names.map((name) => [
      name,
      { kind: "IpsecSiteConnection", args: { ...common, peerId: `${name}.example.com` } },
    ]);
    return Object.fromEntries(each) as Program;
  }

  /** The outputs of a resource in a state file. */
  function recorded(file: string, name: string): unknown {
    const { checkpoint } = JSON.parse(readFileSync(file, "utf8")) as {
      checkpoint: { latest?: { resources?: { urn: string; outputs?: Args }[] } };
    };
    return checkpoint.latest?.resources?.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs;
  }

  /** Runs the page's commands; fails unless program, state and cloud agree afterwards. */
  async function repair(error: string): Promise<void> {
    const { stack } = stage.program;
    const { text } = await stack.run(["stack", "export", "--stack", "test"], { expect: "failure" });
    for (const part of `failed to load checkpoint: ${error}`.split("...")) {
      expect(text).toContain(part.trim());
    }

    const folder = join(dirname(stack.directory), "state");
    const { code, text: output } = await stack.bash(commandsFor(error, folder));

    if (code !== 0) throw new Error(output);
    await stack.preview(["--expect-no-changes"]);
    expect(stage.pending()).toEqual([]);
    expect(await stage.inCloud("IpsecSiteConnection")).toEqual(stage.inState());
    const [state, live] = await stage.program.stateAndCloud();
    expect(state).toEqual(live);
  }

  /** Kills the engine after it has recorded the step of `office`, while `branch` waits for a response. */
  async function killedRun(run: KilledRun): Promise<void> {
    if (run.title !== "created") {
      await stage.program.up(programOf({ names: ["office", "branch"], description: "" }));
    }
    const stop: Stop = { resource: "branch", call: run.call, when: "after" };
    await stage.crash(programOf(run), [stop], "engine", run.title === "created" ? ["office"] : []);
  }

  it.each(TRIED)(
    "is restored from a backup from before office was $title, and no object is lost or duplicated",
    async (run) => {
      const begin = stage.sim.requests.length;
      await killedRun(run);
      const [now, before] = [stage.stateFile, `${stage.stateFile}.bak`];
      expect(recorded(before, "office")).not.toEqual(recorded(now, "office"));
      const made = run.title === "created" ? begin : stage.sim.requests.length;

      truncateSync(stage.stateFile, 100);
      await repair("... unexpected end of JSON input");

      expect(stage.inState().map(([name]) => name)).toEqual([...run.names].sort());
      expect(stage.madeSince(made)).toEqual(run.created);
    },
  );

  it("is complete after a repair of an empty attributes file", async () => {
    await killedRun(RUNS[0]!);

    truncateSync(`${stage.stateFile}.attrs`);
    await repair("EOF");

    expect(stage.inState().map(([name]) => name)).toEqual(["branch", "office"]);
  });
});
