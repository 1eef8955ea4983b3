import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { simulatedCloud, type Cloud } from "../support/harness/cloud";
import { KINDS } from "../support/harness/kinds";
import { importByPage, inShell, stackToImport } from "../support/harness/otherTool";
import { describeWithHost } from "../support/harness/requires";
import type { TestStack } from "../support/harness/stack";

const PSK = "canary-openstack-psk";

/** The language host is built once, which takes minutes. */
const BUILD_MS = 900_000;

const PROVIDER = "urn:pulumi:test::my-vpn::pulumi:providers:openstack::default";
const PROVIDER_ID = "b8f0a3c4-6f0e-4a3b-9d55-2c1f6f5f6d01";

/** The types of @pulumi/openstack 3.15.2, whose plugin is not needed to read a state. */
const TYPES = {
  VpnService: "openstack:vpnaas/service:Service",
  IkePolicy: "openstack:vpnaas/ikePolicy:IkePolicy",
  IpsecPolicy: "openstack:vpnaas/ipSecPolicy:IpSecPolicy",
  IpsecSiteConnection: "openstack:vpnaas/siteConnection:SiteConnection",
} as const;

type Kind = keyof typeof TYPES;

describeWithHost("a stack of @pulumi/openstack", () => {
  let cloud: Cloud;
  let stack: TestStack;
  let standIn: string;

  beforeAll(async () => {
    cloud = await simulatedCloud({ pendingMs: 0 });
    await cloud.clear();
    standIn = pluginOfOpenstack();
    stack = await stackToImport(cloud, PSK, { path: [standIn] });
  }, BUILD_MS);

  afterAll(async () => {
    await stack.dispose();
    await cloud.stop();
    rmSync(standIn, { recursive: true, force: true });
  });

  /** Creates an object as another client, and returns its resource in a state of @pulumi/openstack. */
  async function resourceOf(kind: Kind, body: object) {
    const { path, key } = KINDS[kind];
    const { id } = await cloud.api.post(path, { [key]: { name: "office", ...body } });
    const type = TYPES[kind];
    return {
      urn: `urn:pulumi:test::my-vpn::${type}::office`,
      custom: true,
      id,
      type,
      inputs: { name: "office" },
      outputs: { name: "office", id },
      provider: `${PROVIDER}::${PROVIDER_ID}`,
    };
  }

  it("moves by the steps of its page without a change, and every object keeps its id", async () => {
    const { routerId, subnetId } = cloud.fixture;
    const service = await resourceOf("VpnService", { router_id: routerId, subnet_id: subnetId });
    const ike = await resourceOf("IkePolicy", { ike_version: "v2" });
    const ipsec = await resourceOf("IpsecPolicy", {});
    const connection = await resourceOf("IpsecSiteConnection", {
      vpnservice_id: service.id,
      ikepolicy_id: ike.id,
      ipsecpolicy_id: ipsec.id,
      peer_address: "203.0.113.7",
      peer_id: "203.0.113.7",
      peer_cidrs: ["10.2.0.0/24"],
      psk: PSK,
    });
    const provider = {
      urn: PROVIDER,
      custom: true,
      id: PROVIDER_ID,
      type: "pulumi:providers:openstack",
    };
    const resources = [provider, service, ike, ipsec, connection];
    await stack.rewriteState(() => JSON.stringify({ version: 3, deployment: { resources } }));
    const objects = await cloud.objects();

    const forget = await importByPage(stack, "openstack");
    await inShell(stack, forget);
    await stack.preview(["--expect-no-changes"]);
    await stack.up();

    const left = (await stack.resources()).map(({ type }) => type);
    expect(left.filter((type) => type.startsWith("openstack:"))).toEqual([]);
    expect(await cloud.objects()).toEqual(objects);
    expect(JSON.stringify(await stack.export())).not.toContain(PSK);
  });
});

/**
 * A folder with `pulumi-resource-openstack`, which this machine cannot get: the engine starts and configures
 * the plugin of a state, and calls nothing else here. So any plugin can stand in.
 */
function pluginOfOpenstack(): string {
  const folder = mkdtempSync(join(tmpdir(), "vpnaas-openstack-"));
  const main = resolve(__dirname, "..", "..", "dist/provider/doors/plugin/main.js");
  const script = `#!/bin/sh\nexec node "${main}" "$@"\n`;
  writeFileSync(join(folder, "pulumi-resource-openstack"), script, { mode: 0o755 });
  return folder;
}
