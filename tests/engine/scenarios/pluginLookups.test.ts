import { loginOf, simulatedCloud, type Cloud } from "../../support/harness/cloud";
import { describeWithEngine } from "../../support/harness/requires";
import { PROCESSES } from "../../support/harness/sharedHosts";
import { TestStack } from "../../support/harness/stack";
import { PROGRAM } from "../../support/scenarios/lookups";

const WARNING = "warning: vpnaas:regoin is not a known setting: did you mean vpnaas:region?";

describeWithEngine("a program through the plugin with a misspelled setting", () => {
  let cloud: Cloud;
  let stack: TestStack;

  beforeAll(async () => {
    cloud = await simulatedCloud();
    stack = await TestStack.create({
      processes: PROCESSES,
      program: PROGRAM,
      config: { "vpnaas:dialect": "neutron", "vpnaas:regoin": "RegionOne" },
      env: loginOf(cloud),
      door: "plugin",
    });
  });
  afterAll(async () => {
    await stack.dispose();
    await cloud.stop();
  });

  it.each([
    ["has lookups before its resources", "ike", { policy: { name: "made" } }, "success"],
    ["has lookups alone", "ike", {}, "success"],
    ["has a lookup that fails", "none", {}, "failure"],
  ] as const)("is warned of it once if it %s", async (_program, name, more, expected) => {
    const lookups = { ike: { kind: "IkePolicy", args: { name } } };
    stack.write("program.json", JSON.stringify({ lookups, ...more }));

    const { text } = await stack.preview([], { expect: expected });

    const summary = text.slice(text.indexOf("Diagnostics:"));
    expect(summary.split(WARNING)).toHaveLength(2);
  });
});
