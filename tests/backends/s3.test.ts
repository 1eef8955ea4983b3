import { s3Backend } from "../support/harness/backends";
import { describeWithBackends } from "../support/harness/requires";
import { tellOfTwoOperators } from "./stories";

describeWithBackends(["S3"], "with the state in a bucket", () => {
  tellOfTwoOperators(s3Backend, "login-s3");
});
