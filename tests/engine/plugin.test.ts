import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { buildYamlHost } from "../../tools/engine/yaml";
import { loginOf, simulatedCloud, type Cloud } from "../support/harness/cloud";
import { describeWithEngine } from "../support/harness/requires";
import { TestStack } from "../support/harness/stack";

const PSK = "canary-yaml-psk";
const repository = resolve(__dirname, "..", "..");

/** The language host is built once, which takes minutes. */
const BUILD_MS = 900_000;

/** The program of the page about the plugin. */
function documentedProgram(): string {
  const page = readFileSync(join(repository, "docs/guides/plugin.md"), "utf8");
  return /<!-- program -->\s+```yaml\n(.*?)```/s.exec(page)![1]!;
}

/** Without Go the language host cannot be built, and these tests are reported as skipped. */
const hasGo = spawnSync("go", ["version"]).status === 0;
const describeWithYaml = hasGo ? describeWithEngine : describe.skip;

describeWithYaml("the plugin with the YAML program of its page", () => {
  let cloud: Cloud;
  let stack: TestStack;
  let folder: string;

  beforeAll(async () => {
    const host = await buildYamlHost(join(repository, ".cache", "engine"), console.error);
    cloud = await simulatedCloud({ pendingMs: 300 });
    await cloud.clear();
    folder = mkdtempSync(join(tmpdir(), "vpnaas-yaml-"));
    writeFileSync(join(folder, "Pulumi.yaml"), documentedProgram());
    stack = await TestStack.create({
      program: folder,
      config: {
        "vpnaas:dialect": "neutron",
        routerId: cloud.fixture.routerId,
        subnetId: cloud.fixture.subnetId,
      },
      secretConfig: { psk: PSK },
      env: {
        ...loginOf(cloud),
        PATH: [host, process.env["PATH"]].join(delimiter),
      },
    });
    // As npm installs it.
    const bin = join(stack.directory, "node_modules", ".bin");
    mkdirSync(bin, { recursive: true });
    const main = join(repository, "dist/provider/doors/plugin/main.js");
    symlinkSync(main, join(bin, "pulumi-resource-vpnaas"));
  }, BUILD_MS);

  afterAll(async () => {
    await stack.dispose();
    await cloud.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("up creates all objects, and the state holds the psk encrypted alone", async () => {
    const { text } = await stack.up();
    expect(text).toContain("5 created");
    expect(JSON.stringify(await stack.export())).not.toContain(PSK);
  });

  it("a second preview finds no change", async () => {
    await stack.preview(["--expect-no-changes"]);
  });

  it("a preview names the changed property, and up applies it", async () => {
    await stack.setConfig("description", "to the branch");
    const { text } = await stack.preview(["--diff"]);
    expect(text).toMatch(/~ description: "to the office" => "to the branch"/);
    expect((await stack.up()).text).toContain("1 updated");
  });

  it("import adds an existing object, and a refresh finds no change", async () => {
    const [policy] = (await cloud.objects()).IkePolicy!;
    const args = ["import", "vpnaas:index:IkePolicy", "again", policy!.id];
    const { text } = await stack.run([...args, "--yes", "--protect=false", "--skip-preview"]);
    expect(text).toContain("1 imported");
    await stack.run([
      "state",
      "delete",
      "--yes",
      "urn:pulumi:test::my-vpn::vpnaas:index:IkePolicy::again",
    ]);
    await stack.refresh(["--preview-only", "--expect-no-changes"]);
  });

  it("destroy deletes all objects", async () => {
    await stack.destroy();
    expect(await cloud.objects()).toEqual({});
  });
});
