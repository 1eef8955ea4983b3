import * as pulumi from "@pulumi/pulumi";

import { UNKNOWN } from "../../../provider/model/unknowns";

it("UNKNOWN is the string that Pulumi uses for an unknown value", () => {
  expect(UNKNOWN).toBe(pulumi.runtime.unknownValue);
});
