import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Diagnosis } from "../../../provider/diagnose/diagnose";
import type { Finding } from "../../../provider/diagnose/finding";
import type { TunnelView } from "../../../provider/tunnel/tunnelView";
import { tunnelViewOf } from "../../../provider/tunnel/viewOf";
import { cleanEnvironment } from "../../../scripts/cleanEnvironment";
import { ChildHandle } from "../../support/harness/child";
import { cloudsYaml } from "../../support/harness/cloudsYaml";
import { KINDS } from "../../support/harness/kinds";
import { until } from "../../support/harness/until";
import { createConnection, officeText, partsOf } from "../lab/connect";
import { OFFICE, type TunnelLab } from "../lab/lab";
import type { TunnelCase, Version } from "./cases";

const DIST = join(__dirname, "..", "..", "..", "dist");

/** Enough for two attempts of the cloud, which begins one a second. */
const ATTEMPTS_MS = 2_500;

/** A tunnel with one cause, as its ends and `pulumi-vpnaas diagnose` show it, with the addresses of the recorded logs. */
export interface Observed {
  /** The log of the office's strongSwan. */
  readonly log: string;
  /** The findings with the office's file, with its log, with both. */
  readonly byFile: readonly Finding[];
  readonly byLog: readonly Finding[];
  readonly byBoth: readonly Finding[];
  /** The finding of a probe from the office. */
  readonly probed: Finding;
}

/** The end that sends the first packet. */
export type Opener = "cloud" | "office";

/** Tunnels with one cause each, between the cloud and the office of a lab. */
export class CauseScene {
  private readonly folder = mkdtempSync(join(tmpdir(), "vpnaas-causes-"));

  constructor(private readonly lab: TunnelLab) {
    this.write("clouds.yaml", cloudsYaml({ lab: lab.cloud.login }));
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * Opens the tunnel of a case from one of its ends, and diagnoses it.
   * @throws Error if it does not get the status of the case
   */
  async observe(version: Version, one: TunnelCase, opener: Opener): Promise<Observed> {
    const { cloud, office } = this.lab;
    const id = await createConnection(this.lab, {
      ike: { ike_version: version },
      connection: () => ({
        admin_state_up: false,
        initiator: opener === "cloud" ? "bi-directional" : "response-only",
      }),
    });
    const parts = await partsOf(cloud, id);
    const view = { ...tunnelViewOf(parts), psk: undefined };
    const text = officeText(parts, one.peer);
    const config = one.edit?.(text) ?? text;
    if (opener === "cloud") await this.lab.configureOffice(config);
    await cloud.untilStatus("DOWN");
    if (one.isBlocked) await cloud.site.bash(`ip route add blackhole ${OFFICE.address}/32`);
    try {
      await office.clearLog();
      await cloud.api.put(`${KINDS.IpsecSiteConnection.path}/${id}`, {
        [KINDS.IpsecSiteConnection.key]: { admin_state_up: true },
      });
      if (opener === "office") {
        await until("the connection in the cloud", () => cloud.site.hasConnection(id));
        // The driver ends tunnels of a connection that it has just changed.
        await sleep(1_000);
        await this.lab.configureOffice(config);
      }
      await this.untilSettled(id, one);
      const log = await office.log();
      const options = { config: this.write("office.conf", config), log: this.write("log", log) };
      const [byFile, byLog, byBoth, probed] = await Promise.all([
        this.diagnose(id, "--peer-config", options.config),
        this.diagnose(id, "--peer-log", options.log),
        this.diagnose(id, "--peer-config", options.config, "--peer-log", options.log),
        this.probe(view),
      ]);
      return translated(view.local.address!, { log, byFile, byLog, byBoth, probed });
    } finally {
      if (one.isBlocked) await cloud.site.bash(`ip route del blackhole ${OFFICE.address}/32`);
    }
  }

  private async untilSettled(id: string, { status, isRekeyed }: TunnelCase): Promise<void> {
    const { cloud, office } = this.lab;
    if (status === "DOWN") await sleep(ATTEMPTS_MS);
    await cloud.untilStatus(status);
    if (!isRekeyed) return;
    await cloud.site.swanctl("--rekey", "--child", id);
    await until("a refused rekey", async () => (await office.log()).includes("N(NO_PROP)"));
  }

  /** The findings of `pulumi-vpnaas diagnose` for a connection. */
  private async diagnose(id: string, ...options: string[]): Promise<readonly Finding[]> {
    const command = join(DIST, "cli", "main.js");
    const args = [command, "diagnose", "--cloud", "lab", "--connection", id, "--json", ...options];
    const env = cleanEnvironment(this.folder);
    const run = await new ChildHandle(process.execPath, args, this.folder, env).done;
    if (run.code === 1) throw new Error(run.text);
    const { tunnels } = JSON.parse(run.stdout) as { tunnels: [Diagnosis] };
    return tunnels[0].findings;
  }

  /** The finding of a probe in the network of the office, from which no API can be reached. */
  private async probe(view: TunnelView): Promise<Finding> {
    const program = `require(process.argv[1]).probe(JSON.parse(process.argv[2]), { port: 500, waitMs: 500, attempts: 3 })
      .then((finding) => console.log(JSON.stringify(finding)));`;
    const module = join(DIST, "provider", "diagnose", "probe", "probe.js");
    const { office } = this.lab;
    const command = [process.execPath, "-e", program, module, JSON.stringify(view)];
    const run = await office.inNetwork(...command).done;
    return JSON.parse(run.stdout) as Finding;
  }

  private write(name: string, text: string): string {
    writeFileSync(join(this.folder, name), text, { mode: 0o600 });
    return name;
  }
}

/** The observation with the addresses of `tests/unit/support/tunnels.ts`. */
function translated(cloudAddress: string, observed: Observed): Observed {
  const text = JSON.stringify(observed)
    .replaceAll(wordOf(cloudAddress), "203.0.113.59")
    .replaceAll(wordOf(OFFICE.address), "198.51.100.2");
  return JSON.parse(text) as Observed;
}

function wordOf(address: string): RegExp {
  return new RegExp(`(?<!\\d|\\d\\.)${address.replaceAll(".", "\\.")}(?!\\d)`, "g");
}
