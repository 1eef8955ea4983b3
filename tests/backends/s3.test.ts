import { s3Backend } from "../harness/backends";
import { describeWithBackends } from "../harness/requires";
import { tellOfTwoOperators } from "./stories";

describeWithBackends(["S3"], "with the state in a bucket", () => {
  tellOfTwoOperators(s3Backend, "login-s3");
});
