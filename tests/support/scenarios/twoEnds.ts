import { join } from "node:path";

import type { Api, ApiObject } from "../harness/api";
import { cloudsYaml } from "../harness/cloudsYaml";
import { KINDS } from "../harness/kinds";
import { PROCESSES } from "../harness/sharedHosts";
import { TestStack } from "../harness/stack";
import { exampleAt } from "./examples";

const CONNECTIONS = KINDS.IpsecSiteConnection.path;

/** One end of the example twoEnds, on any cloud. */
export interface End {
  readonly fixture: { readonly routerId: string; readonly subnetId: string };
  readonly api: Api;
  /** `OS_*` variables of its owner. */
  readonly login: Readonly<Record<string, string>>;
  /** The CIDR of the end's subnet. */
  readonly network: string;
}

/** The clouds of both ends. */
export interface EndClouds {
  readonly ends: readonly End[];
  /** Further checks while both ends exist. */
  readonly whileUp?: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The example twoEnds between its two ends. */
export function twoEndsScenario(start: () => Promise<EndClouds>): void {
  const names = ["east", "west"] as const;
  let places: EndClouds;
  let stack: TestStack;

  beforeAll(async () => {
    places = await start();
    const config = names.map((name, i) => {
      const { routerId, subnetId } = places.ends[i]!.fixture;
      return [name, JSON.stringify({ cloud: name, routerId, subnetId })] as const;
    });
    stack = await TestStack.create({
      processes: PROCESSES,
      program: exampleAt("twoEnds"),
      config: { "vpnaas:dialect": "neutron", ...Object.fromEntries(config) },
    });
    const logins = Object.fromEntries(names.map((name, i) => [name, places.ends[i]!.login]));
    stack.write("../clouds.yaml", cloudsYaml(logins));
    stack.setEnv({ OS_CLIENT_CONFIG_FILE: join(stack.directory, "..", "clouds.yaml") });
  });
  afterAll(async () => {
    await stack.destroy([], { expect: "any" });
    await stack.dispose();
    await places.stop();
  });

  it("up creates both ends, each with the other's address and network, and destroy removes both", async () => {
    const { text } = await stack.up();
    await stack.preview(["--refresh", "--expect-no-changes"]);
    await places.whileUp?.();
    const tunnels = await Promise.all(places.ends.map((end) => one(end, CONNECTIONS)));
    const services = await Promise.all(tunnels.map(serviceOf));
    const state = stack.stateText();
    await stack.destroy();

    expect(text).not.toContain("DOWN");
    const [east, west] = services.map((service) => service["external_v4_ip"]);
    const psk = String(tunnels[0]!["psk"]);
    expect(tunnels).toMatchObject([
      { peer_address: west, peer_id: west, status: "ACTIVE", psk },
      { peer_address: east, peer_id: east, status: "ACTIVE", psk },
    ]);
    expect(state).not.toContain(psk);
    expect(tunnels.map((tunnel) => tunnel["peer_cidrs"])).toEqual(
      [...places.ends].reverse().map(({ network }) => [network]),
    );
    for (const { api } of places.ends) expect(await api.list(CONNECTIONS)).toEqual([]);
  });

  async function one({ api }: End, path: string): Promise<ApiObject> {
    const [only, ...more] = await api.list(path);
    expect(more).toEqual([]);
    return only!;
  }

  async function serviceOf(tunnel: ApiObject, end: number): Promise<ApiObject> {
    return places.ends[end]!.api.get(`/vpn/vpnservices/${String(tunnel["vpnservice_id"])}`);
  }
}
