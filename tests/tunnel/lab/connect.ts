import { Clouds } from "../../../provider/drift/clouds";
import { Log } from "../../../provider/log";
import { gatherParts } from "../../../provider/peer/gatherView";
import { cloudSource } from "../../../provider/peer/source";
import { peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import { tunnelViewOf, type TunnelParts } from "../../../provider/tunnel/viewOf";
import { KINDS, type Args, type Kind } from "../../support/harness/kinds";
import type { TunnelParameters } from "../../unit/support/tunnels";
import { OFFICE, type TunnelCloud, type TunnelLab } from "./lab";

/** Attributes of the objects of a connection by their wire names; the rest is that of the guides. */
export interface ConnectionAttributes {
  readonly ike?: Args;
  readonly ipsec?: Args;
  /** Given the address of the cloud's end. */
  readonly connection?: (address: unknown) => Args;
  /** Networks of both ends as groups, in place of one network each. */
  readonly groups?: EndpointGroups;
}

/** The networks of both ends, and the router of the first ones. */
export interface EndpointGroups {
  readonly routerId: string;
  /** Ids of subnets. */
  readonly local: readonly string[];
  /** CIDRs. */
  readonly peer: readonly string[];
}

const PORTABLE = { auth_algorithm: "sha256", encryption_algorithm: "aes-256", pfs: "group14" };

/** Creates the cloud's end of a tunnel through the API; returns the id of its connection. */
export async function createConnection(
  { cloud }: TunnelLab,
  { ike = {}, ipsec = {}, connection = () => ({}), groups }: ConnectionAttributes,
): Promise<string> {
  const create = (kind: Kind, attributes: Args) => {
    const { path, key } = KINDS[kind];
    return cloud.api.post(path, { [key]: { name: "office", ...attributes } });
  };
  const { routerId, subnetId } = cloud.neutron.fixture;
  const service = await create(
    "VpnService",
    groups === undefined
      ? { router_id: routerId, subnet_id: subnetId }
      : { router_id: groups.routerId },
  );
  const ikePolicy = await create("IkePolicy", { ...PORTABLE, ike_version: "v2", ...ike });
  const ipsecPolicy = await create("IpsecPolicy", { ...PORTABLE, ...ipsec });
  const { id } = await create("IpsecSiteConnection", {
    vpnservice_id: service.id,
    ikepolicy_id: ikePolicy.id,
    ipsecpolicy_id: ipsecPolicy.id,
    peer_address: OFFICE.address,
    peer_id: OFFICE.address,
    psk: "canary-of-a-tunnel",
    ...(groups === undefined ? { peer_cidrs: [OFFICE.network] } : await groupsOf(groups)),
    ...connection(service["external_v4_ip"]),
  });
  return id;

  async function groupsOf({ local, peer }: EndpointGroups): Promise<Args> {
    const group = (type: string, endpoints: readonly string[]) =>
      create("EndpointGroup", { type, endpoints });
    const [one, other] = [await group("subnet", local), await group("cidr", peer)];
    return { local_ep_group_id: one.id, peer_ep_group_id: other.id };
  }
}

/** The configuration of the office for a connection, as `pulumi-vpnaas peer --connection` writes it. */
export async function officeFor(cloud: TunnelCloud, connectionId: string): Promise<string> {
  return officeText(await partsOf(cloud, connectionId));
}

/** The configuration of an office for a tunnel that differs from the cloud's in `other`. */
export function officeText(parts: TunnelParts, other: TunnelParameters = {}): string {
  const view = tunnelViewOf({
    ...parts,
    connection: { ...parts.connection, ...other.connection },
    service: { ...parts.service, ...other.service },
    ikePolicy: { ...parts.ikePolicy, ...other.ikePolicy },
    ipsecPolicy: { ...parts.ipsecPolicy, ...other.ipsecPolicy },
  });
  return peerConfigurationOf(view, "swanctl").text;
}

/** The objects of a tunnel in the cloud. */
export async function partsOf({ login }: TunnelCloud, connectionId: string): Promise<TunnelParts> {
  const clouds = new Clouds(login, new Log(() => undefined, "info"));
  const { clients } = await clouds.at({ config: () => undefined }, undefined);
  const source = cloudSource(clients[0]);
  return gatherParts(await source.part("IpsecSiteConnection", connectionId), source);
}
