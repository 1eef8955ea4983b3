import { setTimeout as sleep } from "node:timers/promises";

import { api, login, type Api } from "../../support/harness/api";
import { loginOf } from "../../support/harness/cloud";
import { ALL_KINDS, KINDS } from "../../support/harness/kinds";
import { startNeutron, type LiveNeutron } from "../../support/harness/neutron";
import { Site, type PingOptions, type Pings } from "./site";

/** The gateway of the office in the guides and examples, and a machine in its network. */
export const OFFICE = { address: "203.0.113.7", network: "10.2.0.0/24", machine: "10.2.0.1" };

/** The same gateway with IPv6, and a machine in its network. */
export const OFFICE_V6 = {
  address: "2001:db8:ffff::7",
  network: "2001:db8:2::/64",
  machine: "2001:db8:2::1",
};

/** A second network of the office, and a machine in it. */
export const CELLAR = { network: "10.3.0.0/24", machine: "10.3.0.1" };

/** A cloud whose connections are real tunnels. */
export class TunnelCloud {
  /** The network API with the rights of a member of project `lab`. */
  readonly api: Api;
  /** The environment in which the provider logs in. */
  readonly login: Record<string, string>;

  private constructor(
    readonly site: Site,
    readonly neutron: LiveNeutron,
  ) {
    this.api = api(neutron.endpoint, () => login(neutron.identityUrl));
    this.login = loginOf(neutron);
  }

  /** Starts a Neutron whose tunnels are those of a site. */
  static async start(site: Site): Promise<TunnelCloud> {
    return new TunnelCloud(site, await startNeutron({ site: site.pid }));
  }

  /** The names of all VPN objects. */
  async objects(): Promise<unknown[]> {
    const lists = await Promise.all(ALL_KINDS.map((kind) => this.api.list(KINDS[kind].path)));
    return lists.flat().map(({ name }) => name);
  }

  /** Deletes all VPN objects. */
  async clear(): Promise<void> {
    for (const kind of ALL_KINDS) {
      const { path } = KINDS[kind];
      for (const { id } of await this.api.list(path)) await this.api.delete(`${path}/${id}`);
    }
  }

  /** Ends every tunnel; the cloud's end begins to negotiate it anew at once. */
  async endTunnels(): Promise<void> {
    const { stdout } = await this.site.swanctl("--list-sas", "--raw");
    for (const [, name] of stdout.matchAll(/^list-sa event \{(\S+) /gm)) {
      await this.site.swanctl("--terminate", "--ike", name!);
    }
  }

  /** The number of tunnels so far, ended ones included. */
  async negotiated(): Promise<number> {
    return [...(await this.site.log()).matchAll(/CHILD_SA \S+ established/g)].length;
  }

  /**
   * Resolves when all connections have a status.
   * @throws Error with strongSwan's log if that takes more than `seconds`
   */
  async untilStatus(desired: "ACTIVE" | "DOWN", seconds = 30): Promise<void> {
    const giveUp = Date.now() + seconds * 1000;
    for (;;) {
      const connections = await this.api.list(KINDS.IpsecSiteConnection.path);
      const statuses = connections.map(({ status }) => status);
      if (statuses.length > 0 && statuses.every((status) => status === desired)) return;
      if (Date.now() > giveUp) {
        throw new Error(`${statuses.join()} in place of ${desired}\n${await this.site.log()}`);
      }
      await sleep(50);
    }
  }
}

/** A cloud and an office with a wire between them, and no tunnel yet. */
export interface TunnelLab {
  readonly cloud: TunnelCloud;
  readonly office: Site;
  /** The configuration of a program that creates the cloud's end: 10.10.0.0/24. */
  readonly config: Record<string, string>;
  /** Sends three pings from the cloud's network to the machine in the office. */
  ping(options?: PingOptions): Promise<Pings>;
  /** Sends 20 pings a second there while something runs; the result is the number of lost ones. */
  lossDuring(run: () => Promise<unknown>): Promise<Pings & { readonly lost: number }>;
  /** Gives the office a swanctl.conf in place of the earlier one. */
  configureOffice(text: string): Promise<void>;
  /** Deletes all VPN objects of the cloud, and the office's configuration. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a cloud and an office, in which strongSwan runs without a configuration. */
export async function startTunnelLab(): Promise<TunnelLab> {
  const [site, office] = [await Site.start(), await Site.start()];
  await Site.connect(site, office);
  await office.bash(`ip address add ${OFFICE.address}/32 dev wan0
    ip address add ${OFFICE.machine}/24 dev lan0
    ip address add ${CELLAR.machine}/24 dev lan0
    ip address add ${OFFICE_V6.address}/128 dev wan0 nodad
    ip address add ${OFFICE_V6.machine}/64 dev lan0 nodad`);
  const cloud = await TunnelCloud.start(site);
  const { routerId, subnetId } = cloud.neutron.fixture;
  const hosts = ["10.10.0.1", OFFICE.machine] as const;
  const configureOffice = async (text: string) => {
    await office.bash(
      `cat >/etc/swanctl/conf.d/office.conf <<'END'\n${text}\nEND\nswanctl --load-all`,
    );
  };
  return {
    cloud,
    office,
    config: { "vpnaas:dialect": "neutron", routerId, subnetId },
    ping: (options) => cloud.site.ping(...hosts, options),
    lossDuring: async (run) => {
      const pings = await cloud.site.pingsDuring(run, ...hosts, { seconds: 0.05 });
      return { ...pings, lost: pings.sent - pings.received };
    },
    configureOffice,
    reset: async () => {
      await cloud.clear();
      await configureOffice("");
      await office.bash("swanctl --terminate --ike office --force || true");
    },
    stop: async () => {
      await cloud.neutron.stop();
      await site.stop();
      await office.stop();
    },
  };
}
