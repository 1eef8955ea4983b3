import { startSimulator, type ScriptedFault, type Simulator } from "../../../simulator";
import { cloudOf, type Cloud } from "../../support/harness/cloud";
import { until } from "../../support/harness/until";
import { describeWithEngine } from "../../support/harness/requires";
import { TwoStacks, type Two, type Wanted } from "../../support/harness/twoStacks";

describeWithEngine("two stacks that change one connection at the same time", () => {
  let sim: Simulator;
  let cloud: Cloud;
  let both: TwoStacks;

  beforeEach(async () => {
    sim = await startSimulator({ pendingMs: 0 });
    cloud = await cloudOf(sim);
    both = await TwoStacks.open(cloud);
  });

  afterEach(async () => {
    await both.close();
    await cloud.stop();
  });

  /** Holds what each of them sends until both have seen the connection as it was. */
  async function inOrder(wanted: Two<Wanted>, first: "a" | "b") {
    const hold = ({ description }: Wanted) =>
      sim.script({
        method: "PUT",
        when: ({ body }) => JSON.stringify(body).includes(`"${description}"`),
        answer: "hold-until-released",
      });
    const held: Two<ScriptedFault> = { a: hold(wanted.a), b: hold(wanted.b) };
    const second = first === "a" ? ("b" as const) : ("a" as const);
    const outcome = await both.up(wanted, async () => {
      await until("both PUTs", () => held.a.used > 0 && held.b.used > 0);
      const begin = puts().length;
      held[first].release();
      await until("the first PUT's answer", () => puts().length > begin);
      held[second].release();
    });
    return { outcome, last: wanted[second], second };
  }

  const puts = () => sim.requests.filter((one) => one.method === "PUT" && one.status === 200);

  it.each<"a" | "b">(["a", "b"])(
    "leave it as the last of them wants it, in all properties, when %s sends first",
    async (first) => {
      const adopted: Two<Wanted> = {
        a: { description: "of a", mtu: 1400 },
        b: { description: "of b" },
      };
      const changed: Two<Wanted> = {
        a: { description: "of a, later", mtu: 1410 },
        b: { description: "of b, later", mtu: 1310 },
      };
      for (const wanted of [adopted, changed]) {
        const { outcome, last, second } = await inOrder(wanted, first);

        expect(outcome.live).toEqual({ mtu: 1500, ...last });
        expect(outcome.succeeded[second]).toBe(true);
        for (const one of ["a", "b"] as const) {
          if (!outcome.succeeded[one]) continue;
          expect(outcome.recorded[one]).toEqual({ mtu: 1500, ...wanted[one] });
        }
      }
    },
  );
});
