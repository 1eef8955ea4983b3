import { s3Backend } from "../support/harness/backends";
import { describeWithBackends } from "../support/harness/requires";
import { describeKilledRuns } from "./killedRuns";
import { backendOn } from "./operators";
import { describeTwoOperators } from "./stories";

describeWithBackends(["S3"], "the state in a bucket", () => {
  const stage = backendOn(s3Backend);
  describeTwoOperators(stage, "login-s3", ["in turn"]);
  describe("after a killed run", () => describeKilledRuns(stage));
});
