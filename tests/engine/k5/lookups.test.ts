import { loginOf, simulatedCloud, type Cloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { PROCESSES } from "../../support/harness/sharedHosts";
import { TestStack } from "../../support/harness/stack";
import { PROGRAM } from "../../support/scenarios/lookups";

describeWithEngine("lookups on a simulated K5", () => {
  let cloud: Cloud;
  let stack: TestStack;

  beforeAll(async () => {
    cloud = await simulatedCloud({ dialect: "k5" });
    stack = await TestStack.create({
      processes: PROCESSES,
      program: PROGRAM,
      config: { "vpnaas:dialect": "k5" },
      env: loginOf(cloud),
    });
  });
  afterAll(async () => {
    await stack.dispose();
    await cloud.stop();
  });

  const lookUp = (kind: string, args: object) =>
    stack.write("program.json", JSON.stringify({ lookups: { found: { kind, args } } }));

  it("a lookup finds a service", async () => {
    lookUp("VpnService", { name: "service", adminStateUp: true });

    const { text } = await stack.preview();

    expect(text).toContain(cloud.parents.vpnServiceId);
  });

  it("a lookup of an endpoint group fails because K5 has none", async () => {
    lookUp("EndpointGroup", { name: "branch" });

    const { text } = await stack.preview([], { expect: "failure" });

    expect(text).toMatch(/error: The k5 dialect has no EndpointGroup/);
  });
});
