import { readFileSync } from "node:fs";
import { join } from "node:path";

import { api, login } from "../support/harness/api";
import { simulatedCloud } from "../support/harness/cloud";
import { installPlugin, releasePlugin } from "../support/harness/installedPlugin";
import { KINDS } from "../support/harness/kinds";
import { describeWithEngine } from "../support/harness/requires";
import { type Declared, type Program, ref, type ResourceStack } from "../support/harness/resources";
import { stageOn } from "../support/harness/stage";
import { groupTunnel } from "../support/scenarios/fields";

/** Every kind of resource, and a secret input that is not secret by itself. */
function everyKind(fixture: { routerId: string; subnetId: string }, description: string): Program {
  const tunnel = { psk: ref("key.current"), description: { $secret: description } };
  return {
    ...groupTunnel(fixture, { tunnel }),
    key: { kind: "PreSharedKey", args: { generation: 1 } },
    ready: { kind: "ConnectionsReady", args: { ids: [ref("tunnel.id")] } },
  };
}

/** Changes the import of the program. */
function importFrom({ stack }: ResourceStack, entry: string): void {
  const text = readFileSync(join(stack.directory, "index.js"), "utf8");
  stack.write("index.js", text.replace(/require\("pulumi-vpnaas[^"]*"\)/, `require("${entry}")`));
}

describeWithEngine(
  "a stack of every kind that moves from the dynamic provider to the plugin",
  () => {
    const stage = stageOn(() => simulatedCloud({ pendingMs: 200 }));
    const idsOf = async () =>
      Object.fromEntries(
        Object.entries(await stage.program.resources()).map(([name, { id }]) => [name, id]),
      );
    const typesOf = async () =>
      new Set(Object.values(await stage.program.resources()).map(({ type }) => type.split(":")[0]));

    beforeAll(async () => {
      const release = await releasePlugin();
      await installPlugin(stage.program.stack, release);
      release.remove();
    });

    it("replaces and changes nothing, and the way back restores the exported state", async () => {
      const { cloud, program } = stage;
      await program.up(everyKind(cloud.fixture, "canary-1"));
      const ids = await idsOf();
      await program.stack.run(["stack", "export", "--file", "before.json"]);

      importFrom(program, "pulumi-vpnaas/plugin");
      await program.stack.preview(["--expect-no-changes"]);
      const changes = await program.changesDuring(() => program.stack.up(["--expect-no-changes"]));
      expect(changes).toEqual([]);
      expect([await idsOf(), await typesOf()]).toEqual([ids, new Set(["vpnaas"])]);
      await program.stack.preview(["--refresh", "--expect-no-changes"]);

      importFrom(program, "pulumi-vpnaas");
      await program.stack.run(["stack", "import", "--file", "before.json"]);
      await program.stack.preview(["--refresh", "--expect-no-changes"]);

      importFrom(program, "pulumi-vpnaas/plugin");
      await program.up(everyKind(cloud.fixture, "canary-2"));
      expect(await idsOf()).toEqual(ids);
      expect((await cloud.objects()).IpsecSiteConnection![0]).toMatchObject({
        description: "canary-2",
      });
      expect(program.stack.stateText()).not.toMatch(/canary-\d/);
      await program.stack.refresh(["--expect-no-changes"]);
      expect(JSON.stringify(await program.stack.resources())).not.toContain("__provider");
      await program.stack.destroy();
      expect(await cloud.objects()).toEqual({});
    });

    it("reaches another project by a Provider with a login, and shows no secret of it", async () => {
      const { cloud, program } = stage;
      const password = "lab-other-pass";
      const other = await login(cloud.identityUrl, "lab-other-user", password, "lab-other");
      const args = {
        authUrl: cloud.identityUrl,
        username: "lab-other-user",
        password,
        projectName: "lab-other",
        dialect: "neutron",
      };
      const tokyo = { kind: "Provider", args } as unknown as Declared;
      await program.up({ tokyo, ike: { kind: "IkePolicy", opts: { provider: ref("tokyo") } } });
      const { id } = await program.resource("ike");
      const { path } = KINDS.IkePolicy;
      expect(await api(cloud.endpoint, other).get(`${path}/${id!}`)).toMatchObject({ id });
      expect(await cloud.objects()).toEqual({});
      expect(program.stack.stateText()).not.toContain(password);
      await program.stack.destroy();
      expect(await api(cloud.endpoint, other).list(path)).toEqual([]);
    });
  },
);
