import { loginOf, simulatedCloud, type Cloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { PROCESSES } from "../../support/harness/sharedHosts";
import { TestStack } from "../../support/harness/stack";
import { exampleAt } from "../../support/scenarios/examples";

describeWithEngine("the examples on a simulated K5", () => {
  let cloud: Cloud;
  let stack: TestStack;

  beforeAll(async () => {
    cloud = await simulatedCloud({ dialect: "k5" });
  });
  afterEach(async () => {
    await stack.dispose();
  });
  afterAll(async () => {
    await cloud.stop();
  });

  async function open(example: string, config: object): Promise<void> {
    stack = await TestStack.create({
      processes: PROCESSES,
      program: exampleAt(example),
      config: { ...config },
      secretConfig: { psk: "canary-psk" },
      env: loginOf(cloud),
    });
  }

  it("update sends exactly the request of the API page", async () => {
    await open("update", cloud.parents);
    await stack.up();
    await stack.setConfig("description", "to datacenter2");
    await stack.up();
    await stack.destroy();

    const puts = (await cloud.requests()).filter(({ method }) => method === "PUT");
    expect(puts.map(({ body }) => body)).toEqual([
      { ipsec_site_connection: { description: "to datacenter2" } },
    ]);
  });

  it("k5: up succeeds, a preview has no changes, and destroy leaves no object", async () => {
    const { routerId, subnetId } = cloud.fixture;
    await cloud.clear();
    await open("k5", { routerId, subnetId, availabilityZone: "jp-east-1b" });

    await stack.up();
    await stack.preview(["--refresh", "--expect-no-changes"]);
    await stack.up(["--refresh", "--expect-no-changes"]);
    const objects = await cloud.objects();
    await stack.destroy();

    const zone = { availability_zone: "jp-east-1b" };
    expect(objects).toMatchObject({
      VpnService: [zone],
      IkePolicy: [{ ...zone, lifetime: { units: "seconds", value: 86400 } }],
      IpsecPolicy: [{ ...zone, lifetime: { units: "seconds", value: 28800 } }],
      IpsecSiteConnection: [
        {
          ...zone,
          peer_address: "172.24.4.233",
          dpd: { action: "hold", interval: 30, timeout: 120 },
        },
      ],
    });
    expect(await cloud.objects()).toEqual({});
  });
});
