import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Report } from "../../provider/drift/report";
import { api, login } from "../support/harness/api";
import { simulatedCloud, type Cloud } from "../support/harness/cloud";
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
      const other = await login(cloud.identityUrl, "lab-other-user", OTHER_PASSWORD, "lab-other");
      const tokyo = providerOf(cloud, "lab-other-user", OTHER_PASSWORD, "lab-other");
      await program.up({ tokyo, ike: { kind: "IkePolicy", opts: { provider: ref("tokyo") } } });
      const { id } = await program.resource("ike");
      const { path } = KINDS.IkePolicy;
      expect(await api(cloud.endpoint, other).get(`${path}/${id!}`)).toMatchObject({ id });
      expect(await cloud.objects()).toEqual({});
      expect(program.stack.stateText()).not.toContain(OTHER_PASSWORD);
      await program.stack.destroy();
      expect(await api(cloud.endpoint, other).list(path)).toEqual([]);
    });

    it("drift, peer and diagnose log in with the arguments of each resource's Provider", async () => {
      const { cloud, program } = stage;
      const main = { provider: ref("main") };
      const { routerId, subnetId } = cloud.fixture;
      await program.up({
        tokyo: providerOf(cloud, "lab-other-user", OTHER_PASSWORD, "lab-other"),
        main: providerOf(cloud, "lab-user", "lab-user-pass", "lab"),
        other: { kind: "IkePolicy", opts: { provider: ref("tokyo") } },
        service: { kind: "VpnService", args: { routerId, subnetId }, opts: main },
        ike: { kind: "IkePolicy", opts: main },
        ipsec: { kind: "IpsecPolicy", opts: main },
        office: { kind: "IpsecSiteConnection", args: TUNNEL, opts: main },
      });

      const { stack } = program;
      stack.setEnv({});

      const drift = await stack.verb(["drift", "--stack", "test", "--json"]);
      const { resources } = JSON.parse(drift.stdout) as Pick<Report, "resources">;
      expect([drift.code, drift.stderr]).toEqual([0, ""]);
      expect(resources.map(({ verdict }) => verdict)).toEqual(resources.map(() => "inStep"));
      expect(resources).toHaveLength(5);
      const peer = await stack.verb(["peer", "office", "--stack", "test", "--format", "swanctl"]);
      expect([peer.code, peer.stdout]).toEqual([0, expect.stringContaining("local_addrs")]);
      const diagnose = await stack.verb(["diagnose", "office", "--stack", "test"]);
      expect(diagnose.text).toMatch(/office/);
      expect(diagnose.text).not.toMatch(/login|authUrl/);
      await program.stack.destroy();
    });
  },
);

const OTHER_PASSWORD = "lab-other-pass";

/** A Provider with a login. */
function providerOf(
  cloud: Cloud,
  username: string,
  password: string,
  projectName: string,
): Declared {
  const login = { authUrl: cloud.identityUrl, username, password, projectName };
  return { kind: "Provider", args: { ...login, dialect: "neutron" } } as unknown as Declared;
}

const TUNNEL = {
  vpnServiceId: ref("service.id"),
  ikePolicyId: ref("ike.id"),
  ipsecPolicyId: ref("ipsec.id"),
  peerAddress: "203.0.113.7",
  peerId: "203.0.113.7",
  peerCidrs: ["10.2.0.0/24"],
  psk: "canary-psk",
};
