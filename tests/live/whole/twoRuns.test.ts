import { liveCloud, type Cloud } from "../../support/harness/cloud";
import { describeLive } from "../../support/harness/requires";
import { TwoStacks, type Two, type Wanted } from "../../support/harness/twoStacks";

describeLive("two stacks that change one connection of a live Neutron at the same time", () => {
  let cloud: Cloud;
  let both: TwoStacks;

  beforeAll(async () => {
    cloud = await liveCloud();
    both = await TwoStacks.open(cloud);
  });

  afterAll(async () => {
    await both.close();
    await cloud.stop();
  });

  it.each<[string, Two<Wanted>]>([
    ["adopt", { a: { description: "of a", mtu: 1400 }, b: { description: "of b" } }],
    [
      "update",
      {
        a: { description: "of a, later", mtu: 1410 },
        b: { description: "of b, later", mtu: 1310 },
      },
    ],
  ])("the connection has all properties of one stack when both %s it", async (_what, wanted) => {
    const { live, recorded, succeeded } = await both.up(wanted);

    const wishes = { a: { mtu: 1500, ...wanted.a }, b: { mtu: 1500, ...wanted.b } };
    expect(Object.values(wishes)).toContainEqual(live);
    const winners = (["a", "b"] as const).filter((one) => succeeded[one]);
    expect(winners.map((one) => wishes[one])).toContainEqual(live);
    expect(winners.map((one) => recorded[one])).toEqual(winners.map((one) => wishes[one]));
  });
});
