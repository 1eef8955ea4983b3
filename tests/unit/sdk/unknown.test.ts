import * as pulumi from "@pulumi/pulumi";

import { UNKNOWN } from "../../../provider/model/unknowns";

it("knows the text that Pulumi puts in the place of an unknown value", () => {
  expect(UNKNOWN).toBe(pulumi.runtime.unknownValue);
});
