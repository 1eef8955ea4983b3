import { join } from "node:path";

import { requiredVersion } from "../../../tools/go";

const folder = join(__dirname, "..", "..", "..", "tools", "terraform");

it("requiredVersion finds the version of a module in go.mod next to a tool of the same name", () => {
  const module = "github.com/terraform-provider-openstack/terraform-provider-openstack";
  expect(requiredVersion(folder, module)).toMatch(/^v\d+\.\d+\.\d+$/);
});

it("requiredVersion refuses a module that go.mod does not require", () => {
  expect(() => requiredVersion(folder, "example.org/other")).toThrow(
    "go.mod does not require example.org/other",
  );
});
