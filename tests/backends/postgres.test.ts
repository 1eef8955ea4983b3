import { postgresBackend } from "../support/harness/backends";
import { isWhole } from "../support/harness/campaigns";
import { simulatedCloud } from "../support/harness/cloud";
import { CLOSED_PORT } from "../support/harness/loopback";
import { describeWithBackends } from "../support/harness/requires";
import { ResourceStack } from "../support/harness/resources";
import { describeKilledRuns } from "./killedRuns";
import { backendOn } from "./operators";
import { describeTwoOperators } from "./stories";

describeWithBackends(["POSTGRES"], "the state in PostgreSQL", () => {
  const stage = backendOn(postgresBackend);
  describeTwoOperators(stage, "login-postgres", ["at the same time", "drift"]);
  // The bucket shows it in every run: Pulumi's lock is the same in both.
  if (isWhole("CRASHES")) describe("after a killed run", () => describeKilledRuns(stage));
});

describeWithBackends([], "the state in an unreachable database", () => {
  it("drift fails with a line that omits the password of its address", async () => {
    const cloud = await simulatedCloud();
    const program = await ResourceStack.make(cloud);
    const { stack } = program;
    stack.setEnv({
      PULUMI_BACKEND_URL: `postgres://pulumi:canary-database-password@127.0.0.1:${CLOSED_PORT}/states`,
    });

    const { code, stdout, stderr } = await stack.verb(["drift", "--all-stacks"]);

    await program.dispose();
    await cloud.stop();
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^pulumi-vpnaas: The stacks of resources cannot be listed: .+\n$/);
    expect(stderr).not.toContain("canary");
  });
});
