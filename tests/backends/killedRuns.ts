import type { RecordedRequest } from "../../simulator";
import { isWhole } from "../support/harness/campaigns";
import { loginOf } from "../support/harness/cloud";
import { killAt, type Moment, type Scene } from "../support/harness/killedAt";
import { type BackendStage, expectNothingLostOrDoubled, Operators, TUNNEL_SIZE } from "./operators";
import { commandsFor } from "./teamsPage";

/** A kill at the POST of a connection, the last creation of an `up`. */
const AT_CONNECTION: Moment = { change: TUNNEL_SIZE, victims: "engine", isDone: true };

const WITHOUT_CHECKPOINTS = { PULUMI_EXPERIMENTAL: "1", PULUMI_SKIP_CHECKPOINTS: "1" };

/** Promises to the second operator of a stack in a shared backend, after a run of the first was killed. */
export function describeKilledRuns(stage: BackendStage): void {
  let operators: Operators;
  let begin: number;

  beforeEach(async () => {
    operators = await Operators.create(stage.place, stage.backend.fresh());
    begin = operators.sim.requests.length;
  });
  afterEach(() => operators.dispose());

  /** Runs the commands of docs/guides/teams.md for the second operator. */
  async function continueAfterKill(): Promise<void> {
    const { code, text } = await operators.second.stack.bash(commandsFor("after-a-kill"));
    if (code !== 0) throw new Error(text);
  }

  /** Whether a request is a poll after the creation of a connection. */
  const isOfWait = ({ method }: RecordedRequest): boolean =>
    method === "GET" &&
    operators.sim.requests
      .slice(begin)
      .some(
        (one) => one.method === "POST" && /site-connections$/.test(one.path) && one.status === 201,
      );

  const KILLS: [title: string, kill: (scene: Scene) => Promise<void>][] = [
    ["between a POST and its response", (scene) => killAt(scene, "up", AT_CONNECTION)],
    [
      "while a connection is pending",
      (scene) => killAt(scene, "up", { ...AT_CONNECTION, change: 1 }, isOfWait),
    ],
  ];

  it.each(isWhole("CRASHES") ? KILLS : KILLS.slice(0, 1))(
    "no object is lost or duplicated after a SIGKILL %s",
    async (_title, kill) => {
      const { first, second, sim } = operators;
      await kill({ sim, program: first });

      const { text } = await second.stack.up([], { expect: "failure" });
      expect(text).toContain("the stack is currently locked by 1 lock(s)");
      await continueAfterKill();

      await expectNothingLostOrDoubled(operators, TUNNEL_SIZE);
    },
  );

  it("no object is lost or duplicated after a SIGKILL of a run without checkpoints", async () => {
    const { first, sim } = operators;
    first.stack.setEnv({ ...loginOf(stage.place.cloud), ...WITHOUT_CHECKPOINTS });
    await killAt({ sim, program: first }, "up", AT_CONNECTION);
    expect((await operators.ids()).state).toEqual([]);

    await continueAfterKill();

    await expectNothingLostOrDoubled(operators, TUNNEL_SIZE);
  });
}
