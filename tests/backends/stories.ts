import type { Report } from "../../provider/drift/report";
import { isWhole } from "../support/harness/campaigns";
import { until } from "../support/harness/until";
import { type BackendStage, expectNothingLostOrDoubled, Operators, TUNNEL_SIZE } from "./operators";
import { commandsFor } from "./teamsPage";

/** The work of two operators: on one stack in turn, on it at the same time, or a search for drift. */
export type Story = "in turn" | "at the same time" | "drift";

const STORIES: readonly Story[] = ["in turn", "at the same time", "drift"];

/**
 * Promises to two operators of a stack whose state is in a shared backend.
 * @param login The purpose of the commands in docs/guides/teams.md that log in there
 * @param quick The stories of every run; each story runs with one backend, and weekly with both
 */
export function describeTwoOperators(
  stage: BackendStage,
  login: string,
  quick: readonly Story[],
): void {
  const stories = isWhole("CRASHES") ? STORIES : quick;
  const among = (story: Story, tests: () => void): void => {
    if (stories.includes(story)) tests();
  };

  describe("two operators of a stack", () => {
    let operators: Operators;
    beforeEach(async () => {
      operators = await Operators.create(stage.place, stage.backend.fresh());
    });
    afterEach(() => operators.dispose());

    it("log in by the commands of docs/guides/teams.md", async () => {
      const { stack } = operators.first;
      stack.setEnv(stage.backend.names);
      const { code, stdout } = await stack.bash(`${commandsFor(login)}pulumi stack ls --json`);

      expect(code).toBe(0);
      expect(stdout).toMatch(/^\[\]$/m);
    });

    among("in turn", () => {
      it("find, change and destroy each other's resources", async () => {
        const { first, second } = operators;
        await first.stack.up();
        await second.stack.preview(["--expect-no-changes"]);
        operators.write(operators.tunnel("by the second"));
        await second.stack.up();
        await expectNothingLostOrDoubled(operators, TUNNEL_SIZE);

        await first.stack.preview(["--expect-no-changes"]);
        await first.stack.destroy();
        await expectNothingLostOrDoubled(operators, 0);
      });
    });

    among("at the same time", () => {
      it("cannot run up at the same time, and the error names the owner of the running one", async () => {
        const { first, second, sim } = operators;
        const held = sim.script({ method: "POST", path: /vpn/, answer: "hold-until-released" });
        const run = first.stack.begin("up");
        await until("the first request", () => held.used > 0);

        const { text } = await second.stack.up([], { expect: "failure" });

        held.release();
        expect(text).toMatch(/the stack is currently locked by 1 lock\(s\).*`pulumi cancel`/);
        expect(text).toMatch(new RegExp(`created by \\S+@\\S+ \\(pid ${run.pid}\\)`));
        expect((await run.done).code).toBe(0);
        await expectNothingLostOrDoubled(operators, TUNNEL_SIZE);
      });
    });
  });

  among("drift", () => {
    describe("drift by an operator who has only logged in", () => {
      let operators: Operators;
      beforeAll(async () => {
        operators = await Operators.create(stage.place, stage.backend.fresh());
        const { first, second } = operators;
        await first.stack.up();
        await first.changeOutsidePulumi("office", { description: "by hand" });
        await second.stack.run(["stack", "init", "aside", "--non-interactive", "--no-select"]);
        await second.stack.run(["config", "set", ...ASIDE, "vpnaas:dialect", "neutron"]);
        second.write({ other: { kind: "IkePolicy" } });
        await second.stack.run(["up", "--yes", "--skip-preview", ...ASIDE]);
      });
      afterAll(() => operators.dispose());

      async function drift(...options: string[]): Promise<Report & { code: number }> {
        const { stack } = operators.second;
        const before = await operators.second.state();
        const { code, stdout, stderr } = await stack.verb(["drift", "--json", ...options]);
        if (stdout === "") throw new Error(stderr);
        expect(await operators.second.state()).toEqual(before);
        return { ...(JSON.parse(stdout) as Report), code };
      }

      it("compares the other operator's resources in the selected stack", async () => {
        const { resources, code } = await drift();

        expect(Object.fromEntries(resources.map(({ name, verdict }) => [name, verdict]))).toEqual({
          hub: "inStep",
          ike: "inStep",
          ipsec: "inStep",
          office: "drifted",
        });
        expect(code).toBe(2);
      });

      it("finds all stacks and the unmanaged objects", async () => {
        const stray = await stage.place.cloud.api.post("/vpn/ikepolicies", {
          ikepolicy: { name: "x" },
        });

        const { stacks, unmanaged, problems } = await drift("--all-stacks");

        expect(stacks.map(({ name, resources }) => [name, resources]).sort()).toEqual([
          ["aside", 1],
          ["test", TUNNEL_SIZE],
        ]);
        expect(unmanaged).toMatchObject([{ id: stray.id }]);
        expect(problems).toEqual([]);
      });
    });
  });
}

const ASIDE = ["--stack", "aside", "--non-interactive"];
