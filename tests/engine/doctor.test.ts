import { delimiter, dirname, join, resolve } from "node:path";

import { cleanEnvironment } from "../../scripts/cleanEnvironment";
import { findEngine } from "../../scripts/engine";
import { loginOf, simulatedCloud } from "../harness/cloud";
import { ChildHandle } from "../harness/child";
import { TestStack } from "../harness/stack";

const command = resolve(__dirname, "..", "..", "dist", "cli", "main.js");

it("reads the configuration of a stack, its secrets too, and prints none of them", async () => {
  const cloud = await simulatedCloud();
  const { OS_PASSWORD: password, ...env } = loginOf(cloud);
  const stack = await TestStack.create({
    program: join(__dirname, "..", "programs", "lookups"),
    config: { "vpnaas:dialect": "neutron" },
    secretConfig: { "vpnaas:password": password! },
  });
  try {
    const bin = process.env["VPNAAS_ENGINE_BIN"] || (await findEngine(() => undefined)).bin;
    const folder = dirname(stack.directory);
    const run = await new ChildHandle(
      process.execPath,
      [command, "doctor", "--stack", "test", "--cwd", stack.directory],
      folder,
      cleanEnvironment(folder, { ...env, PATH: [bin, process.env["PATH"]].join(delimiter) }),
    ).done;

    expect(run.text).toMatch(/password +\(hidden\) +vpnaas:password/);
    expect(run.text).toMatch(/dialect +neutron +vpnaas:dialect/);
    expect(run.text).toContain("All is well.");
    expect(run.text).not.toContain(password);
    expect(run.code).toBe(0);
  } finally {
    await stack.dispose();
    await cloud.stop();
  }
});
