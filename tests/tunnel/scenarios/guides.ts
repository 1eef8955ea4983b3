import { setTimeout as sleep } from "node:timers/promises";

import { isWhole } from "../../support/harness/campaigns";
import { TestStack } from "../../support/harness/stack";
import { until } from "../../support/harness/until";
import { exampleAt } from "../../support/scenarios/examples";
import type { TunnelFigures } from "../causes/figures";
import { codeOf, follow } from "../lab/guide";
import { OFFICE, type TunnelLab } from "../lab/lab";

const GUIDE = "strongswan.md";
const [rotation] = codeOf("rotation.md", "sh");
const GENERATIONS = isWhole("TUNNEL") ? [2, 3, 4] : [2];

/** The guides for strongSwan, rotation and DOWN: their program and commands, run one after the other. */
export function guideScenarios(place: () => TunnelLab, figures: TunnelFigures): void {
  let lab: TunnelLab;
  let stack: TestStack;

  beforeAll(async () => {
    lab = place();
    const { config, cloud } = lab;
    stack = await TestStack.create({ program: exampleAt("tunnel"), config, env: cloud.login });
    stack.write("index.ts", codeOf(GUIDE, "ts")[0]!);
  });
  afterAll(async () => {
    await stack.dispose();
  });

  it("up: no packet passes before the office is configured", async () => {
    expect((await stack.up()).text).toMatch(/status\s*: "DOWN"/);
    expect(await lab.ping()).toEqual({ sent: 3, received: 0 });
  });

  it("peer: the written file, loaded unchanged, makes the connection ACTIVE and packets pass", async () => {
    await follow(codeOf(GUIDE, "sh")[0]!, stack, lab.office);
    await lab.cloud.untilStatus("ACTIVE");
    expect(await lab.ping()).toEqual({ sent: 3, received: 3 });
  });

  it("diagnose: shows the current status, which the outputs of the run do not", async () => {
    expect((await follow(codeOf(GUIDE, "sh")[1]!, stack, lab.office)).text).toMatch(
      /office +ACTIVE/,
    );
    expect((await follow("pulumi stack output status", stack, lab.office)).text).toMatch(/DOWN/);
    const renewed = "pulumi up --refresh; pulumi stack output status";
    expect((await follow(renewed, stack, lab.office)).text).toMatch(/ACTIVE\s*$/);
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

  it.each(GENERATIONS)(
    "rotation to key %i, the peer first: at most 2 pings are lost",
    async (n) => {
      const { sent, lost } = await lab.lossDuring(async () => {
        await follow(rotation!.replace("generation 2", `generation ${n}`), stack, lab.office);
        await sleep(isWhole("TUNNEL") ? 42_000 : 500);
      });
      figures.addRotation(`the peer first, to key ${n}`, { sent, lost });
      expect(lost).toBeLessThanOrEqual(2);
    },
  );

  it("rotation: both ends have the new key, so a new negotiation succeeds", async () => {
    const earlier = await lab.cloud.negotiated();
    await lab.cloud.endTunnels();
    await until("a tunnel", async () => (await lab.cloud.negotiated()) > earlier);
    await lab.cloud.untilStatus("ACTIVE");
  });

  if (isWhole("TUNNEL")) {
    it("rotation, the cloud first: the next negotiation fails until the peer has the key", async () => {
      const toCloud = "pulumi config set generation 5; pulumi up";
      const toOffice = rotation!.split("pulumi config")[0]!.replace("next", "current");
      const { sent, lost } = await lab.lossDuring(async () => {
        await follow(toCloud, stack, lab.office);
        await lab.cloud.endTunnels();
        await lab.cloud.untilStatus("DOWN");
        await follow(toOffice, stack, lab.office);
        await lab.cloud.untilStatus("ACTIVE");
      });
      figures.addRotation("the cloud first", { sent, lost });
      expect(lost).toBeGreaterThan(2);
    });
  }

  it("guide down: diagnose finds equal ends equal, and names the cause by the file and the log of a wrong peer", async () => {
    const [byApi, byFile, byLog] = codeOf("down.md", "sh");
    await follow(byApi!, stack, lab.office);
    await follow(byFile!, stack, lab.office);
    await lab.office.bash(`cd /etc/swanctl/conf.d
      sed -i.right 's/^    proposals = aes256/    proposals = aes128/' office.conf; swanctl --load-all`);
    await lab.cloud.endTunnels();
    await lab.cloud.untilStatus("DOWN");
    expect((await follow(byApi!, stack, lab.office, 2)).text).toMatch(/office +DOWN/);
    const { text } = await follow(byFile!, stack, lab.office, 2);
    expect(text).toMatch(/FAIL +ikePolicy.encryptionAlgorithm: aes-256 in the cloud, aes-128 at/);
    expect(text.match(/FAIL/g)).toHaveLength(1);
    expect((await follow(byLog!, stack, lab.office, 2)).text).toMatch(/FAIL +ikePolicy/);
    await lab.office.bash(
      "cd /etc/swanctl/conf.d; mv office.conf.right office.conf; swanctl --load-all",
    );
    await lab.cloud.untilStatus("ACTIVE");
  });

  it("destroy: no packet passes, and no object is left", async () => {
    await stack.destroy();
    expect(await lab.ping()).toEqual({ sent: 3, received: 0 });
    expect(await lab.cloud.objects()).toEqual([]);
  });
}
