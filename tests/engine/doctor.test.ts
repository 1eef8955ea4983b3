import { delimiter, dirname, join, resolve } from "node:path";

import { cleanEnvironment } from "../../scripts/cleanEnvironment";
import { findEngine } from "../../scripts/engine";
import { loginOf, simulatedCloud } from "../support/harness/cloud";
import { ChildHandle } from "../support/harness/child";
import { TestStack } from "../support/harness/stack";

const command = resolve(__dirname, "..", "..", "dist", "cli", "main.js");

it.each([
  ["a named stack", ["--stack", "test"]],
  ["the selected stack", []],
])(
  "reads the configuration of %s including its secrets, and prints none of them",
  async (_, which) => {
    const cloud = await simulatedCloud();
    const { OS_PASSWORD: password, ...env } = loginOf(cloud);
    const stack = await TestStack.create({
      program: join(__dirname, "..", "fixtures", "programs", "lookups"),
      config: { "vpnaas:dialect": "neutron" },
      secretConfig: { "vpnaas:password": password! },
    });
    try {
      const bin = process.env["VPNAAS_ENGINE_BIN"] || (await findEngine(() => undefined)).bin;
      const folder = dirname(stack.directory);
      const run = await new ChildHandle(
        process.execPath,
        [command, "doctor", ...which, "--cwd", stack.directory],
        folder,
        cleanEnvironment(folder, { ...env, PATH: [bin, process.env["PATH"]].join(delimiter) }),
      ).done;

      expect(run.text).toMatch(/password +\(hidden\) +vpnaas:password/);
      expect(run.text).toMatch(/dialect +neutron +vpnaas:dialect/);
      expect(run.text).toContain("The stack configuration is that of the stack test.");
      expect(run.text).not.toMatch(/dialect is k5/);
      expect(run.text).toContain("All is well.");
      expect(run.text).not.toContain(password);
      expect(run.code).toBe(0);
    } finally {
      await stack.dispose();
      await cloud.stop();
    }
  },
);

it("reports a misspelled key of the stack configuration as a problem", async () => {
  const cloud = await simulatedCloud();
  const stack = await TestStack.create({
    program: join(__dirname, "..", "fixtures", "programs", "lookups"),
    config: { "vpnaas:dialect": "neutron", "vpnaas:regoin": "RegionOne" },
    env: loginOf(cloud),
  });
  try {
    const run = await stack.verb(["doctor", "--stack", "test"]);
    expect(run.text).toContain(
      "FAIL  vpnaas:regoin is not a known setting: did you mean vpnaas:region?",
    );
    expect(run.code).toBe(1);
  } finally {
    await stack.dispose();
    await cloud.stop();
  }
});
