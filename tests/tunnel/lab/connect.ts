import { Clouds } from "../../../provider/drift/clouds";
import { Log } from "../../../provider/log";
import { gatherView } from "../../../provider/peer/gatherView";
import { cloudSource } from "../../../provider/peer/source";
import { peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import { KINDS, type Args, type Kind } from "../../support/harness/kinds";
import { OFFICE, type TunnelCloud, type TunnelLab } from "./lab";

/** Attributes of the objects of a connection by their wire names; the rest is that of the guides. */
export interface ConnectionAttributes {
  readonly ike?: Args;
  readonly ipsec?: Args;
  /** Given the address of the cloud's end. */
  readonly connection?: (address: unknown) => Args;
}

const PORTABLE = { auth_algorithm: "sha256", encryption_algorithm: "aes-256", pfs: "group14" };

/** Creates the cloud's end of a tunnel through the API; returns the id of its connection. */
export async function createConnection(
  { cloud }: TunnelLab,
  { ike = {}, ipsec = {}, connection = () => ({}) }: ConnectionAttributes,
): Promise<string> {
  const create = (kind: Kind, attributes: Args) => {
    const { path, key } = KINDS[kind];
    return cloud.api.post(path, { [key]: { name: "office", ...attributes } });
  };
  const { routerId, subnetId } = cloud.neutron.fixture;
  const service = await create("VpnService", { router_id: routerId, subnet_id: subnetId });
  const ikePolicy = await create("IkePolicy", { ...PORTABLE, ike_version: "v2", ...ike });
  const ipsecPolicy = await create("IpsecPolicy", { ...PORTABLE, ...ipsec });
  const { id } = await create("IpsecSiteConnection", {
    vpnservice_id: service.id,
    ikepolicy_id: ikePolicy.id,
    ipsecpolicy_id: ipsecPolicy.id,
    peer_address: OFFICE.address,
    peer_id: OFFICE.address,
    peer_cidrs: [OFFICE.network],
    psk: "canary-of-a-tunnel",
    ...connection(service["external_v4_ip"]),
  });
  return id;
}

/** The configuration of the office for a connection, as `pulumi-vpnaas peer --connection` writes it. */
export async function officeFor({ login }: TunnelCloud, connectionId: string): Promise<string> {
  const clouds = new Clouds(login, new Log(() => undefined, "info"));
  const { clients } = await clouds.at({ config: () => undefined }, undefined);
  const source = cloudSource(clients[0]);
  const connection = await source.part("IpsecSiteConnection", connectionId);
  return peerConfigurationOf(await gatherView(connection, source), "swanctl").text;
}
