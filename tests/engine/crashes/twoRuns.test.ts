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

  const other = (one: "a" | "b") => (one === "a" ? "b" : "a");
  const puts = () => sim.requests.filter((one) => one.method === "PUT" && one.status === 200);

  /** Runs both, and holds the PUT of each until both have read the unchanged connection. */
  function up(
    wanted: Two<Wanted>,
    release: (held: Two<ScriptedFault>, ends: Two<Promise<unknown>>) => Promise<void>,
  ) {
    const hold = ({ description }: Wanted) =>
      sim.script({
        method: "PUT",
        when: ({ body }) => JSON.stringify(body).includes(`"${description}"`),
        answer: "hold-until-released",
      });
    const held: Two<ScriptedFault> = { a: hold(wanted.a), b: hold(wanted.b) };
    return both.up(wanted, async (ends) => {
      await until("both PUTs", () => held.a.used > 0 && held.b.used > 0);
      await release(held, ends);
    });
  }

  /** The desired values of both, twice; at first only a sets the mtu. */
  const ROUNDS: Two<Wanted>[] = [
    { a: { description: "of a", mtu: 1400 }, b: { description: "of b" } },
    { a: { description: "of a, later", mtu: 1410 }, b: { description: "of b, later", mtu: 1310 } },
  ];

  it.each<"a" | "b">(["a", "b"])(
    "leave the connection with all properties of the last run when %s ends first",
    async (first) => {
      const second = other(first);
      for (const wanted of ROUNDS) {
        const outcome = await up(wanted, async (held, ends) => {
          held[first].release();
          await ends[first];
          held[second].release();
        });

        expect(outcome.live).toEqual({ mtu: 1500, ...wanted[second] });
        expect(outcome.succeeded[second]).toBe(true);
        for (const one of ["a", "b"] as const) {
          if (!outcome.succeeded[one]) continue;
          expect(outcome.recorded[one]).toEqual({ mtu: 1500, ...wanted[one] });
        }
      }
    },
  );

  it.each<"a" | "b">(["a", "b"])(
    "leave the connection with all properties of one run when %s sends first and both read afterwards",
    async (first) => {
      for (const wanted of ROUNDS) {
        const begin = puts().length;
        const outcome = await up(wanted, async (held) => {
          const sent = (count: number) => () => puts().length >= begin + count;
          sim.script({
            method: "GET",
            times: Infinity,
            when: () => !sent(2)(),
            onRequest: () => until("both PUTs' answers", sent(2)),
          });
          held[first].release();
          await until("the first PUT's answer", sent(1));
          held[other(first)].release();
        });

        const desired = [wanted.a, wanted.b].map((one) => ({ mtu: 1500, ...one }));
        expect(desired).toContainEqual(outcome.live);
        expect(Object.values(outcome.succeeded)).toContain(true);
      }
    },
  );
});
