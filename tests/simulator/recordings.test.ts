import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { topics } from "../fixtures/recorded/exchanges";
import { masked } from "../fixtures/recorded/placeholders";
import { Play, type Step, type StepAnswer, isOrdered } from "../fixtures/recorded/play";

interface Exchange {
  readonly step: Step;
  readonly answer: StepAnswer;
}

const recorded = (topic: string): Exchange[] =>
  JSON.parse(
    readFileSync(join(__dirname, "..", "fixtures", "recorded", `${topic}.json`), "utf8"),
  ) as Exchange[];

describe.each(Object.keys(topics))("the simulator answers as Neutron did: %s", (topic) => {
  const exchanges = recorded(topic);
  let simulator: Simulator;
  let play: Play;

  beforeAll(async () => {
    simulator = await startSimulator({ pendingMs: 300 });
    play = new Play(simulator);
  });
  afterAll(() => simulator.stop());

  it.each(exchanges.map((exchange) => [exchange.step.note, exchange] as const))(
    "%s",
    async (_note, { step, answer }) => {
      const { status, body } = await play.send(step);
      const given = { status, body: masked(body, play.names, isOrdered(step)) };
      expect(given).toEqual(answer);
    },
  );
});
