import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { simulatedCloud, type Cloud } from "../support/harness/cloud";
import { stackOfPage, releasePlugin } from "../support/harness/installedPlugin";
import { KINDS } from "../support/harness/kinds";
import { programOf } from "../support/harness/pagePrograms";
import { hasPython, preparePython, type PythonEnvironment } from "../support/harness/pythonSdk";
import { describeWithEngine } from "../support/harness/requires";
import { TestStack } from "../support/harness/stack";

const PSK = "canary-python-psk";
const CONNECTIONS = KINDS.IpsecSiteConnection.path;
const PROGRAM = programOf("plugin", "python");

/** The language host, the generator and the SDK are built once, which takes minutes. */
const BUILD_MS = 900_000;

/** Without Go or Python these tests are reported as skipped. */
const describeWithPython = hasPython() ? describeWithEngine : describe.skip;

describeWithPython("the plugin with the Python program of its page", () => {
  let cloud: Cloud;
  let stack: TestStack;
  let python: PythonEnvironment;

  beforeAll(async () => {
    python = await preparePython(console.error);
    cloud = await simulatedCloud({ pendingMs: 300 });
    await cloud.clear();
    const release = await releasePlugin();
    stack = await stackOfPage(cloud, release, {
      psk: PSK,
      env: python.env,
      write: (folder) => {
        writeFileSync(join(folder, "Pulumi.yaml"), "name: my-vpn\nruntime: python\n");
        writeFileSync(join(folder, "__main__.py"), PROGRAM);
      },
    });
    release.remove();
  }, BUILD_MS);

  afterAll(async () => {
    await stack.dispose();
    await cloud.stop();
    python.remove();
  });

  it("up creates all objects, and the state holds no secret in plain text", async () => {
    const { text } = await stack.up();
    expect(text).toContain("5 created");
    expect(text).toMatch(/peer +: \[secret\]/);
    expect(JSON.stringify(await stack.export())).not.toContain(PSK);
    expect(stack.stateText()).not.toContain(Buffer.from(PSK).toString("base64"));
  });

  it("a second preview finds no change", async () => {
    await stack.preview(["--expect-no-changes"]);
  });

  it("a refresh shows a change of another client, and up corrects it", async () => {
    const [office] = (await cloud.objects()).IpsecSiteConnection!;
    const path = `${CONNECTIONS}/${office!.id}`;
    await cloud.api.put(path, { ipsec_site_connection: { description: "by hand" } });
    const { text } = await stack.refresh(["--preview-only", "--diff"]);
    expect(text).toMatch(/~ description: "to the office" => "by hand"/);
    await stack.up(["--refresh"]);
    expect(await cloud.api.get(path)).toMatchObject({ description: "to the office" });
  });

  it("an existing object is read by get, and managed after an import", async () => {
    const ikepolicy = { name: "shared", auth_algorithm: "sha256", pfs: "group14" };
    const created = await cloud.api.post(KINDS.IkePolicy.path, { ikepolicy });
    const get = `\npulumi.export("shared", vpnaas.IkePolicy.get("shared", "${created.id}").name)\n`;
    stack.write("__main__.py", PROGRAM + get);
    expect((await stack.up()).text).toMatch(/shared *: "shared"/);
    const import_ = ["import", "vpnaas:index:IkePolicy", "imported", created.id];
    await stack.run([
      ...import_,
      "--yes",
      "--skip-preview",
      "--protect=false",
      "--generate-code=false",
    ]);
    stack.write("__main__.py", `${PROGRAM}\nvpnaas.IkePolicy("imported", name="shared")\n`);
    await stack.preview(["--expect-no-changes"]);
  });

  it("destroy deletes all objects", async () => {
    await stack.destroy();
    expect(await cloud.objects()).toEqual({});
  });

  it("the tunnel of its page is created as a component, awaited, and found without a change", async () => {
    stack.write("__main__.py", programOf("tunnelLanguages", "python"));
    const { text } = await stack.up();
    expect(text).toMatch(/status +: "ACTIVE"/);
    expect(text).toMatch(/peer +: \[secret\]/);
    expect((await stack.resources()).map(({ urn }) => urn)).toContain(
      "urn:pulumi:test::my-vpn::vpnaas:index:Tunnel$vpnaas:index:IpsecSiteConnection::office",
    );
    await stack.preview(["--expect-no-changes"]);
  });
});
