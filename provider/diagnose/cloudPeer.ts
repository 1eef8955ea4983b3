import { VpnaasError } from "../errors";
import { isUnanswered } from "../lifecycle/preflight/facts";
import type { Kind } from "../schema/resourceType";
import type { TunnelView } from "../tunnel/tunnelView";
import { canonicalAddress } from "../validation/net";
import type { WireObject } from "../values";
import { displayNameOf } from "../model/labels";
import { readCloudEnd, type CloudEnd, type DiagnosedCloud } from "./cloudEnd";

/** The peer of a tunnel if its address is that of a VPN service in a cloud of reach. */
export interface CloudPeer {
  /** The display name of the VPN service. */
  readonly service: string;
  /** Its connections back to this end. */
  readonly ends: readonly CloudEnd[];
}

/** A cloud that may have the peer. */
export interface SearchedCloud {
  /** The entry of clouds.yaml; undefined for the login of the stack or of the environment. */
  readonly name: string | undefined;
  readonly open: () => Promise<DiagnosedCloud>;
}

/** The result of a search for the peer. */
export interface PeerSearch {
  readonly peer: CloudPeer | undefined;
  /** Why a cloud could not be searched: whole sentences. */
  readonly problems: readonly string[];
}

/**
 * The VPN service with the address of the peer, with its connections to this end. Searches the clouds in
 * order, until a service has such a connection.
 */
export async function findCloudPeer(
  { connection, view }: CloudEnd,
  clouds: readonly SearchedCloud[],
): Promise<PeerSearch> {
  let peer: CloudPeer | undefined;
  const problems: string[] = [];
  for (const { name, open } of clouds) {
    if (view === undefined || (peer?.ends.length ?? 0) > 0) break;
    try {
      const found = await searchProject(view, String(connection["vpnServiceId"]), await open());
      if (peer === undefined || (found?.ends.length ?? 0) > 0) peer = found ?? peer;
    } catch (error) {
      if (!VpnaasError.isInstance(error)) throw error;
      const cloud = name === undefined ? "The cloud" : `The cloud ${name}`;
      problems.push(`${cloud} could not be searched for the peer: ${error.message}`);
    }
  }
  return { peer, problems };
}

async function searchProject(
  { local, remote }: TunnelView,
  ownService: string,
  cloud: DiagnosedCloud,
): Promise<CloudPeer | undefined> {
  const { address } = remote;
  if (address === undefined) return undefined;
  const services = await listed("VpnService", cloud);
  const service = services.find((one) => one.id !== ownService && hasAddress(one, address));
  if (service === undefined) return undefined;
  const connections = await listed("IpsecSiteConnection", cloud);
  const back = connections.filter(
    (one) =>
      one["vpnservice_id"] === service.id &&
      canonicalAddress(String(one["peer_address"])) === local.address,
  );
  return {
    service: displayNameOf("VpnService", service.id, service),
    ends: await Promise.all(back.map(({ id }) => readCloudEnd(cloud, id))),
  };
}

async function listed(kind: Kind, { facts }: DiagnosedCloud): Promise<readonly WireObject[]> {
  const answer = await facts.all(kind);
  if (isUnanswered(answer)) throw answer.error;
  return [...answer.value.values()];
}

function hasAddress(service: WireObject, address: string): boolean {
  return ["external_v4_ip", "external_v6_ip"].some((name) => {
    const own = service[name];
    return typeof own === "string" && canonicalAddress(own) === address;
  });
}
