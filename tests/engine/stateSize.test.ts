import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";

import { startSimulator } from "../../simulator";
import { cloudOf, loginOf, type Cloud } from "../support/harness/cloud";
import { describeWithEngine } from "../support/harness/requires";
import { ResourceStack } from "../support/harness/resources";
import type { StateResource } from "../support/harness/stack";

describeWithEngine("a resource in the state", () => {
  let cloud: Cloud;
  let program: ResourceStack;
  let resources: Record<string, StateResource>;

  beforeAll(async () => {
    cloud = await cloudOf(await startSimulator({ pendingMs: 0 }));
    program = await ResourceStack.make(cloud);
    const peer = { peerAddress: "203.0.113.7", peerId: "203.0.113.7", psk: "canary-psk" };
    await program.up({
      group: { kind: "EndpointGroup", args: { type: "cidr", endpoints: ["10.2.0.0/24"] } },
      office: {
        kind: "IpsecSiteConnection",
        args: { ...cloud.parents, ...peer, peerCidrs: ["10.2.0.0/24"] },
      },
    });
    resources = await program.resources();
  });

  afterAll(async () => {
    await program.dispose();
    await cloud.stop();
  });

  it.each(["group", "office"])("the %s has the program's line as its only stack frame", (name) => {
    const { sourcePosition, stackTrace } = resources[name]!;
    expect(sourcePosition).toMatch(/^project:\/\/\/index\.js#\d+,\d+$/);
    expect(stackTrace).toEqual([{ sourcePosition }]);
  });

  it.each([
    ["group", 1_500],
    ["office", 3_000],
  ])("the %s is smaller than %d bytes", (name, most) => {
    expect(JSON.stringify(resources[name]).length).toBeLessThan(most);
  });

  it("is found by drift if the engine compresses the state", async () => {
    const { stack } = program;
    stack.setEnv({ ...loginOf(cloud), PULUMI_DIY_BACKEND_ZSTD: "true" });
    await stack.refresh();
    const { code, text } = await stack.verb(["drift", "--stack", "test"]);
    const states = join(dirname(stack.directory), "state", ".pulumi", "stacks", "resources");
    expect(readdirSync(states)).toContain("test.json.zst");
    expect(text).toContain("2 in step");
    expect(code).toBe(0);
  });
});
