import { join } from "node:path";

import { cloudOf, loginOf, type Cloud } from "../harness/cloud";
import { describeWithEngine } from "../harness/requires";
import { TestStack } from "../harness/stack";
import { startSimulator, type Simulator } from "../../simulator";

const EXAMPLES = join(__dirname, "..", "..", "examples");

describeWithEngine("the examples", () => {
  let simulator: Simulator;
  let cloud: Cloud;
  let stack: TestStack;

  async function start(
    example: string,
    dialect: "k5" | "neutron",
    config: Record<string, string> = {},
  ): Promise<void> {
    simulator = await startSimulator({ dialect });
    cloud = await cloudOf(simulator);
    stack = await TestStack.create({
      program: join(EXAMPLES, example),
      config: { ...cloud.parents, ...config },
      secretConfig: { psk: "canary-psk" },
      env: loginOf(cloud),
    });
  }

  afterEach(async () => {
    await stack.dispose();
    await simulator.stop();
  });

  it("quickstart goes up, has nothing to change, and goes down", async () => {
    await start("quickstart", "neutron", { "vpnaas:dialect": "neutron" });

    const { text } = await stack.up();
    await stack.preview(["--refresh", "--expect-no-changes"]);
    await stack.destroy();

    expect(text).toMatch(/status\s*: "ACTIVE"/);
    expect(await cloud.api.list("/vpn/ipsec-site-connections")).toEqual([]);
  });

  it("k5 goes up, is updated as the API page shows, has nothing to change, and goes down", async () => {
    await start("k5", "k5", { availabilityZone: "jp-east-1a" });

    await stack.up();
    await stack.preview(["--refresh", "--expect-no-changes"]);
    await stack.up(["--refresh", "--expect-no-changes"]);
    const [connection] = await cloud.api.list("/vpn/ipsec-site-connections");
    await stack.destroy();

    expect(connection).toMatchObject({
      availability_zone: "jp-east-1a",
      peer_address: "172.24.4.233",
      dpd: { action: "hold", interval: 30, timeout: 120 },
    });
    expect(await cloud.api.list("/vpn/ipsec-site-connections")).toEqual([]);
  });
});
