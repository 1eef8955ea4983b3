import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { FormatName } from "../../../provider/tunnel/formats";
import { peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import type { RunResult } from "../../support/harness/child";
import { loginOf, simulatedCloud, type Cloud } from "../../support/harness/cloud";
import { cloudsYaml } from "../../support/harness/cloudsYaml";
import { startCommand } from "../../support/harness/command";
import { aTunnel, type TunnelParameters } from "../../unit/support/tunnels";

/** The keys of the scene. No output may contain them. */
const KEYS = ["Canary0key", "Other0key"];

/** A cloud with tunnels, and a folder with the files of their peers. */
export class DiagnoseScene {
  private constructor(
    readonly cloud: Cloud,
    private readonly folder: string,
    private readonly vpnServiceId: string,
  ) {}

  static async open(dialect: "neutron" | "k5" = "neutron"): Promise<DiagnoseScene> {
    const cloud = await simulatedCloud({ dialect, pendingMs: 0, settlesTo: "DOWN" });
    const { routerId, subnetId } = cloud.fixture;
    const { id } = await cloud.api.post("/vpn/vpnservices", {
      vpnservice: { router_id: routerId, subnet_id: subnetId },
    });
    const folder = mkdtempSync(join(tmpdir(), "vpnaas-diagnose-"));
    const scene = new DiagnoseScene(cloud, folder, id);
    scene.writeClouds({ lab: cloud }, dialect);
    return scene;
  }

  /** Writes clouds.yaml with these entries. */
  writeClouds(
    clouds: Readonly<Record<string, Pick<Cloud, "identityUrl">>>,
    dialect: "neutron" | "k5" = "neutron",
  ): void {
    const logins = Object.entries(clouds).map(([name, cloud]) => [name, loginOf(cloud)] as const);
    this.write("clouds.yaml", cloudsYaml(Object.fromEntries(logins), dialect));
  }

  async close(): Promise<void> {
    await this.cloud.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Creates a connection of the portable tunnel; returns its id. */
  async connect(
    ikeVersion: "v1" | "v2",
    values: Readonly<Record<string, unknown>> = {},
    { api }: Pick<Cloud, "api"> = this.cloud,
  ): Promise<string> {
    const policy = { encryption_algorithm: "aes-256", auth_algorithm: "sha256", pfs: "group14" };
    const ike = await api.post("/vpn/ikepolicies", {
      ikepolicy: { ...policy, ike_version: ikeVersion },
    });
    const ipsec = await api.post("/vpn/ipsecpolicies", { ipsecpolicy: policy });
    const { id } = await api.post("/vpn/ipsec-site-connections", {
      ipsec_site_connection: {
        name: "office",
        vpnservice_id: this.vpnServiceId,
        ikepolicy_id: ike.id,
        ipsecpolicy_id: ipsec.id,
        peer_address: "198.51.100.2",
        peer_id: "198.51.100.2",
        peer_cidrs: ["10.2.0.0/24"],
        psk: "Canary0key",
        ...values,
      },
    });
    return id;
  }

  /** Creates the same tunnel's end at the router of {@link Cloud.parents}, which has 203.0.113.11. */
  connectOpposite(
    values: Readonly<Record<string, unknown>> = {},
    cloud: Pick<Cloud, "api" | "parents"> = this.cloud,
  ): Promise<string> {
    const tunnel = {
      name: "west",
      vpnservice_id: cloud.parents.vpnServiceId,
      peer_address: "203.0.113.10",
      peer_id: "203.0.113.10",
      peer_cidrs: ["10.10.0.0/24"],
    };
    return this.connect("v2", { ...tunnel, ...values }, cloud);
  }

  /** The text with which `peer` configures the other end of {@link connect}. */
  peerText(tunnel: TunnelParameters, format: FormatName = "swanctl"): string {
    const service = { externalV4Ip: "203.0.113.10", ...tunnel.service };
    return peerConfigurationOf(aTunnel({ ...tunnel, service }), format).text;
  }

  /** Writes a file, which the command finds by its name. */
  write(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text, { mode: 0o600 });
    return name;
  }

  /** Runs the command for a connection; its output may not contain a key. */
  async diagnose(connection: string, ...options: string[]): Promise<RunResult> {
    const args = ["diagnose", "--cloud", "lab", "--connection", connection, ...options];
    const run = await startCommand(this.folder, args).done;
    for (const key of KEYS) {
      for (const one of [key, Buffer.from(key).toString("base64")]) {
        expect(run.text).not.toContain(one);
      }
    }
    return run;
  }
}
