import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { version } from "../../package.json";
import { MAX_TARBALL_BYTES } from "../../scripts/buildPlugin";
import { simulatedCloud, type Cloud } from "../support/harness/cloud";
import { type PluginRelease, releasePlugin } from "../support/harness/installedPlugin";
import { KINDS, type Kind } from "../support/harness/kinds";
import { programOf } from "../support/harness/pagePrograms";
import { describeWithHost } from "../support/harness/requires";
import { type StateResource, TestStack } from "../support/harness/stack";
import { until } from "../support/harness/until";
import { YAML_PROGRAM as PROGRAM, yamlStack } from "../support/harness/yamlProgram";

const PSK = "canary-yaml-psk";

/** The language host is built once, which takes minutes. */
const BUILD_MS = 900_000;

/** The addition to a program that uses the plugin of the npm package. */
const NPM_PATH = programOf("plugin", "npm");

/** The program with options of the connection. */
const withOptions = (options: string): string =>
  PROGRAM.replace(/^( +)psk: \$\{psk\}$/m, `$&\n    options:\n      ${options}`);

describeWithHost("the installed plugin with the YAML program of its page", () => {
  let cloud: Cloud;
  let stack: TestStack;
  let release: PluginRelease;

  beforeAll(async () => {
    release = await releasePlugin();
    cloud = await simulatedCloud({ pendingMs: 300 });
    await cloud.clear();
    stack = await yamlStack(cloud, release, PSK);
  }, BUILD_MS);

  afterAll(async () => {
    await stack.dispose();
    await cloud.stop();
    release.remove();
  });

  const urnOf = (kind: Kind, name: string): string =>
    `urn:pulumi:test::my-vpn::vpnaas:index:${kind}::${name}`;
  const CONNECTION = urnOf("IpsecSiteConnection", "office");

  async function resource(urn: string): Promise<StateResource> {
    return (await stack.resources()).find((one) => one.urn === urn)!;
  }

  /** Runs `up` after a change of the program and the description of its connection. */
  async function apply(program: string, description: string, args: readonly string[] = []) {
    stack.write("Pulumi.yaml", program);
    await stack.setConfig("description", description);
    return stack.up([...args]);
  }

  it("has a tarball of less than 500 kB", () => {
    expect(statSync(release.tarball).size).toBeLessThan(MAX_TARBALL_BYTES);
  });

  it("serves the schema by which pulumi package add generates an SDK", async () => {
    const { stdout } = await stack.run(["package", "get-schema", "vpnaas"]);
    expect(JSON.parse(stdout)).toMatchObject({ name: "vpnaas", version });
  });

  it("up creates all objects, and the state holds the psk encrypted alone", async () => {
    expect((await stack.up()).text).toContain("5 created");
    expect(JSON.stringify(await stack.export())).not.toContain(PSK);
  });

  it("a second preview finds no change, with the plugin of the npm package as well", async () => {
    await stack.preview(["--expect-no-changes"]);
    stack.write("Pulumi.yaml", PROGRAM + NPM_PATH);
    await stack.preview(["--expect-no-changes"]);
    stack.write("Pulumi.yaml", PROGRAM);
  });

  it("a preview names the changed property, and up applies it", async () => {
    await stack.setConfig("description", "to the branch");
    const { text } = await stack.preview(["--diff"]);
    expect(text).toMatch(/~ description: "to the office" => "to the branch"/);
    expect((await stack.up()).text).toContain("1 updated");
  });

  it("a preview and an up warn of a misspelled setting and name the one that is meant", async () => {
    await stack.setConfig("vpnaas:regoin", "RegionOne");
    const runs = [await stack.preview(), await stack.up()];
    for (const { text } of runs) {
      expect(text).toContain(
        "warning: vpnaas:regoin is not a known setting: did you mean vpnaas:region?",
      );
    }
    await stack.run(["config", "rm", "--stack", "test", "vpnaas:regoin"]);
  });

  it("a forced replacement keeps an object with an auto-name and names the option that replaces it", async () => {
    const { id } = await resource(CONNECTION);
    const { text } = await stack.up(["--target-replace", CONNECTION]);
    expect(text).toMatch(/is kept, since this run has adopted it\. .*`deleteBeforeReplace: true`/);
    expect((await resource(CONNECTION)).id).toBe(id);
    stack.write("Pulumi.yaml", withOptions("deleteBeforeReplace: true"));
    await stack.up(["--target-replace", CONNECTION]);
    const { id: another } = await resource(CONNECTION);
    expect(another).not.toBe(id);
    expect((await cloud.objects()).IpsecSiteConnection!.map((one) => one.id)).toEqual([another]);
  });

  it("replaceOnChanges deletes the connection and creates another one", async () => {
    const { id } = await resource(CONNECTION);
    await apply(withOptions("replaceOnChanges: [description]"), "to the new office");
    const { id: another } = await resource(CONNECTION);
    expect(another).not.toBe(id);
    expect((await cloud.objects()).IpsecSiteConnection!.map((one) => one.id)).toEqual([another]);
  });

  it("Ctrl-C ends a wait of a minute at once, and the next up goes on with the same object", async () => {
    stack.write("Pulumi.yaml", withOptions("replaceOnChanges: [description]"));
    await stack.setConfig("description", "[pending 60s]");
    const run = stack.begin("up");
    await run.until(/office creating replacement/);
    // The line comes before the POST.
    await until("the new connection", async () => {
      const { IpsecSiteConnection: all } = await cloud.objects();
      return all?.length === 1;
    });
    const begin = performance.now();
    run.kill("SIGINT");
    await run.done;
    const seconds = (performance.now() - begin) / 1_000;
    process.stdout.write(`Ctrl-C during a wait: the engine ended after ${seconds.toFixed(2)} s\n`);
    // Less than a second, even on a busy machine.
    expect(seconds).toBeLessThan(5);
    const { id, initErrors, outputs } = await resource(CONNECTION);
    expect([initErrors, outputs!["status"]]).toEqual([
      [expect.stringContaining("cancel")],
      "PENDING_CREATE",
    ]);
    const showAgain = await cloud.overrideShown({ [id!]: { status: "ACTIVE" } });
    await stack.up();
    showAgain();
    expect(await resource(CONNECTION)).toMatchObject({ id, outputs: { status: "ACTIVE" } });
  });

  it("an update of a pending connection waits until it is not pending", async () => {
    const accepted = withOptions("replaceOnChanges: [mtu]").replace(
      "peerAddress",
      "waitFor: accepted\n      mtu: 1400\n      peerAddress",
    );
    await apply(accepted, "[pending 2s]");
    const { id, outputs } = await resource(CONNECTION);
    expect(outputs!["status"]).toBe("PENDING_CREATE");
    await apply(PROGRAM.replace("peerAddress", "mtu: 1400\n      peerAddress"), "to the office");
    expect(await resource(CONNECTION)).toMatchObject({
      id,
      outputs: { status: "ACTIVE", description: "to the office" },
    });
  });

  it("pulumi:autonaming names new objects and renames none", async () => {
    const { name } = (await resource(CONNECTION)).outputs!;
    const autonaming = "config:\n  pulumi:autonaming:\n    value:\n      mode: verbatim\n";
    const extra = "  extra:\n    type: vpnaas:IkePolicy\noutputs:";
    stack.write("Pulumi.yaml", PROGRAM.replace("config:\n", autonaming).replace("outputs:", extra));
    expect((await stack.up()).text).toContain("1 created");
    expect((await resource(urnOf("IkePolicy", "extra"))).outputs!["name"]).toBe("extra");
    expect((await resource(CONNECTION)).outputs!["name"]).toBe(name);
  });

  it("import of every kind into an empty project writes a program that previews without a change", async () => {
    const groups = await cloud.groups();
    await stack.run(["state", "delete", "--all", "--yes", "--force"]);
    const resources = Object.entries(await cloud.objects()).flatMap(([kind, objects]) =>
      objects.map(({ id }, i) => ({ type: `vpnaas:index:${kind}`, name: `${kind}${i}`, id })),
    );
    expect(new Set(resources.map(({ type }) => type)).size).toBe(Object.keys(KINDS).length);
    expect(resources.map(({ id }) => id)).toContain(groups.localEpGroupId);
    stack.write("imports.json", JSON.stringify({ resources }));
    stack.write("Pulumi.yaml", "name: my-vpn\nruntime: yaml\n");
    const import_ = ["import", "--file", "imports.json", "--out", "code.yaml"];
    await stack.run([...import_, "--yes", "--skip-preview", "--protect=false"]);
    const code = readFileSync(join(stack.directory, "code.yaml"), "utf8");
    stack.write("Pulumi.yaml", `name: my-vpn\nruntime: yaml\n${code}`);
    await stack.preview(["--expect-no-changes"]);
    await stack.refresh(["--preview-only", "--expect-no-changes"]);
  });

  it("destroy deletes all objects", async () => {
    await stack.destroy();
    expect(await cloud.objects()).toEqual({});
  });

  it("the tunnel of its page is created, awaited, and found without a change", async () => {
    stack.write("Pulumi.yaml", programOf("tunnelLanguages", "yaml"));
    const { text } = await stack.up();
    expect(text).toMatch(/peer +: \[secret\]\s+statuses: \{[^}]*"ACTIVE"/);
    await stack.preview(["--expect-no-changes"]);
  });
});
