import { s3Backend } from "../support/harness/backends";
import { describeWithBackends } from "../support/harness/requires";
import { describeKilledRuns } from "./killedRuns";
import { describeTwoOperators } from "./stories";

describeWithBackends(["S3"], "the state in a bucket", () => {
  describeTwoOperators(s3Backend, "login-s3");
  describe("after a killed run", () => describeKilledRuns(s3Backend));
});
