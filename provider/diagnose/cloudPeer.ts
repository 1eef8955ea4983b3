import type { CloudProject } from "../drift/clouds";
import { cloudResourceType } from "../schema/resourceType";
import type { TunnelView } from "../tunnel/tunnelView";
import { canonicalAddress } from "../validation/net";
import type { WireObject } from "../values";
import { displayNameOf } from "../model/labels";
import { readCloudEnd, type CloudEnd } from "./cloudEnd";

/** The peer of a tunnel if its address is that of a VPN service in a cloud of reach. */
export interface CloudPeer {
  /** The display name of the VPN service. */
  readonly service: string;
  /** Its connections back to this end. */
  readonly ends: readonly CloudEnd[];
}

/**
 * The VPN service with the address of the peer, in the first project that has it, with its connections
 * to this end.
 * @throws ApiError and others of the clients
 */
export async function findCloudPeer(
  { local, remote }: TunnelView,
  projects: readonly CloudProject[],
): Promise<CloudPeer | undefined> {
  if (remote.address === undefined) return undefined;
  for (const project of projects) {
    const [client] = project.clients;
    const services = await client.list(cloudResourceType("VpnService"));
    const service = services.find((one) => hasAddress(one, remote.address!));
    if (service === undefined) continue;
    const connections = await client.list(cloudResourceType("IpsecSiteConnection"), {
      vpnservice_id: service.id,
    });
    const back = connections.filter(
      (one) => canonicalAddress(String(one["peer_address"])) === local.address,
    );
    return {
      service: displayNameOf("VpnService", service.id, service),
      ends: await Promise.all(back.map(({ id }) => readCloudEnd(project, id))),
    };
  }
  return undefined;
}

function hasAddress(service: WireObject, address: string): boolean {
  return ["external_v4_ip", "external_v6_ip"].some((name) => {
    const own = service[name];
    return typeof own === "string" && canonicalAddress(own) === address;
  });
}
