import { tunnelViewOf, type KnownAddresses, type TunnelParts } from "../tunnel/viewOf";
import type { TunnelView } from "../tunnel/tunnelView";
import type { Values } from "../values";
import type { TunnelSource } from "./source";

/** Facts that replace those of the cloud. */
export interface KnownFacts extends KnownAddresses {
  /** The networks behind the VPN service; its subnets are then not read. */
  readonly networks?: readonly string[] | undefined;
  /** Another key than that of the connection. */
  readonly psk?: string | undefined;
}

/**
 * The tunnel of a connection as the cloud's end sees it, with its service, policies, groups and
 * subnets from the source.
 * @throws VpnaasError of the source, and if the address of the cloud's end is unknown
 */
export async function gatherView(
  connection: Values,
  source: TunnelSource,
  known: KnownFacts = {},
): Promise<TunnelView> {
  const view = tunnelViewOf(await gatherParts(connection, source, known), known);
  return known.psk === undefined ? view : { ...view, psk: known.psk };
}

/**
 * The objects of a tunnel: the connection with its service, policies, groups and subnets.
 * @throws VpnaasError of the source
 */
export async function gatherParts(
  connection: Values,
  source: TunnelSource,
  known: Pick<KnownFacts, "networks"> = {},
): Promise<TunnelParts> {
  const [service, ikePolicy, ipsecPolicy, localGroup, peerGroup] = await Promise.all([
    source.part("VpnService", String(connection["vpnServiceId"])),
    source.part("IkePolicy", String(connection["ikePolicyId"])),
    source.part("IpsecPolicy", String(connection["ipsecPolicyId"])),
    groupOf(connection["localEpGroupId"], source),
    groupOf(connection["peerEpGroupId"], source),
  ]);
  const subnets = localGroup ?? [String(service["subnetId"])];
  return {
    connection,
    service,
    ikePolicy,
    ipsecPolicy,
    localNetworks: known.networks ?? (await Promise.all(subnets.map(source.subnetCidr))),
    peerEndpoints: peerGroup,
  };
}

/** The endpoints of a group; undefined for a connection without one. */
async function groupOf(id: unknown, source: TunnelSource): Promise<string[] | undefined> {
  if (typeof id !== "string" || id === "") return undefined;
  const { endpoints } = await source.part("EndpointGroup", id);
  return Array.isArray(endpoints) ? endpoints.map(String) : [];
}
