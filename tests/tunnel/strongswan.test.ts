import { describeTunnel } from "../support/harness/requires";
import { TestStack } from "../support/harness/stack";
import { exampleAt } from "../support/scenarios/examples";
import { codeOf, follow } from "./lab/guide";
import { OFFICE, startTunnelLab, type TunnelLab } from "./lab/lab";

const GUIDE = "strongswan.md";

describeTunnel("guide strongswan, followed word by word", () => {
  let lab: TunnelLab;
  let stack: TestStack;

  beforeAll(async () => {
    lab = await startTunnelLab();
    const { config, cloud } = lab;
    stack = await TestStack.create({ program: exampleAt("tunnel"), config, env: cloud.login });
    stack.write("index.ts", codeOf(GUIDE, "ts")[0]!);
  });
  afterAll(async () => {
    await stack.dispose();
    await lab.stop();
  });

  it("up: no packet passes before the office is configured", async () => {
    expect((await stack.up()).text).toMatch(/status\s*: "DOWN"/);
    expect(await lab.ping()).toEqual({ sent: 3, received: 0 });
  });

  it("peer: the written file, loaded unchanged, makes the connection ACTIVE and packets pass", async () => {
    await follow(codeOf(GUIDE, "sh")[0]!, stack, lab.office);
    await lab.cloud.untilStatus("ACTIVE");
    expect(await lab.ping()).toEqual({ sent: 3, received: 3 });
    expect((await stack.up(["--refresh"])).text).toMatch(/status\s*: .*"ACTIVE"/);
  });

  it("the wire: packets outside the tunnel can be read, those in the tunnel cannot", async () => {
    const marker = "marker-of-a-ping";
    const { site } = lab.cloud;
    const clear = await site.bytesOnWire(() => site.ping("192.0.2.1", OFFICE.address, { marker }));
    const inTunnel = await site.bytesOnWire(() => lab.ping({ marker }));
    expect(clear.includes(marker)).toBe(true);
    expect(inTunnel.length).toBeGreaterThan(6 * marker.length);
    expect(inTunnel.includes(marker)).toBe(false);
  });

  it("destroy: no packet passes, and no object is left", async () => {
    await stack.destroy();
    expect(await lab.ping()).toEqual({ sent: 3, received: 0 });
    expect(await lab.cloud.objects()).toEqual([]);
  });
});
