import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { buildTerraformProvider } from "../../../tools/terraform/build";
import { simulatedCloud, type Cloud } from "../../support/harness/cloud";
import { importByPage, inShell, stackToImport } from "../../support/harness/otherTool";
import { describeWithHost } from "../../support/harness/requires";
import type { TestStack } from "../../support/harness/stack";

const PSK = "canary-terraform-psk";
const cache = resolve(__dirname, "..", "..", "..", ".cache", "terraform");

/** The language host and Terraform's provider are built once, which takes minutes. */
const BUILD_MS = 900_000;

/** Without Terraform these tests are reported as skipped. */
const hasTerraform = spawnSync("terraform", ["version"]).status === 0;

(hasTerraform ? describeWithHost : describe.skip)("a state of Terraform", () => {
  let cloud: Cloud;
  let stack: TestStack;
  let settings: string;

  beforeAll(async () => {
    const { bin } = await buildTerraformProvider(cache, console.error);
    cloud = await simulatedCloud({ pendingMs: 0 });
    await cloud.clear();
    settings = settingsFor(bin);
    stack = await stackToImport(cloud, PSK, {
      env: {
        TF_CLI_CONFIG_FILE: join(settings, "terraform.rc"),
        TF_VAR_router_id: cloud.fixture.routerId,
        TF_VAR_subnet_id: cloud.fixture.subnetId,
        CHECKPOINT_DISABLE: "1",
      },
    });
  }, BUILD_MS);

  afterAll(async () => {
    await stack.dispose();
    await cloud.stop();
    rmSync(settings, { recursive: true, force: true });
  });

  /** Runs a script in the folder of Terraform's configuration. */
  const inTerraform = (script: string) => inShell(stack, `cd ../terraform\n${script}`);

  it(
    "moves by the steps of its page without a change, and every object keeps its id",
    async () => {
      const folder = join(stack.directory, "..", "terraform");
      cpSync(join(__dirname, "terraform"), folder, { recursive: true });
      await inTerraform("terraform apply -auto-approve -input=false");
      const objects = await cloud.objects();
      const earlier = (await cloud.requests()).length;
      const forget = await importByPage(stack, "terraform");
      await stack.preview(["--refresh", "--expect-no-changes"]);
      expect((await stack.up()).text).toContain("9 unchanged");
      await inTerraform(forget);
      expect(await inTerraform("terraform state list || true")).not.toContain("vpnaas");
      expect(await cloud.objects()).toEqual(objects);
      const requests = (await cloud.requests()).slice(earlier);
      expect(requests.filter(({ method }) => method === "PUT" || method === "DELETE")).toEqual([]);
      expect(JSON.stringify(await stack.export())).not.toContain(PSK);
    },
    BUILD_MS,
  );
});

/** A new folder with a configuration of Terraform that uses the built provider. */
function settingsFor(bin: string): string {
  const folder = mkdtempSync(join(tmpdir(), "vpnaas-terraform-"));
  const source = "terraform-provider-openstack/openstack";
  const overrides = `dev_overrides { ${JSON.stringify(source)} = ${JSON.stringify(bin)} }`;
  writeFileSync(
    join(folder, "terraform.rc"),
    `provider_installation {\n  ${overrides}\n  direct {}\n}\n`,
  );
  return folder;
}
