import { join } from "node:path";

import { simulatedCloud } from "../support/harness/cloud";
import { describeWithEngine } from "../support/harness/requires";
import { TestStack } from "../support/harness/stack";

describeWithEngine("a stack with the login of @pulumi/openstack alone", () => {
  it("creates its resources with that login, and prints that it does", async () => {
    const cloud = await simulatedCloud();
    const stack = await TestStack.create({
      program: join(__dirname, "..", "fixtures", "programs", "resources"),
      config: {
        "openstack:authUrl": cloud.identityUrl,
        "openstack:userName": "lab-user",
        "openstack:tenantName": "lab",
        "vpnaas:dialect": "neutron",
      },
      secretConfig: { "openstack:password": "lab-user-pass" },
    });
    try {
      stack.write("program.json", JSON.stringify({ ike: { kind: "IkePolicy", args: {} } }));
      const { text } = await stack.up();
      expect(text).toContain("The login is that of openstack:* in the stack configuration");
      expect(text).not.toContain("lab-user-pass");
    } finally {
      await stack.dispose();
      await cloud.stop();
    }
  });
});
