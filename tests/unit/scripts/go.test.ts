import { join } from "node:path";

import { requiredVersion } from "../../../tools/go";

const folder = join(__dirname, "..", "..", "..", "tools", "terraform");

it("finds the version of a module that a go.mod requires, beside the tool of the same name", () => {
  const module = "github.com/terraform-provider-openstack/terraform-provider-openstack";
  expect(requiredVersion(folder, module)).toMatch(/^v\d+\.\d+\.\d+$/);
});

it("refuses a module that the go.mod does not require", () => {
  expect(() => requiredVersion(folder, "example.org/other")).toThrow(
    "go.mod does not require example.org/other",
  );
});
