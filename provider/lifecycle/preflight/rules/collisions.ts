import { canonicalAddress, maskedCidr, overlap } from "../../../validation/net";
import type { Dialect } from "../../../dialect";
import type { Finding } from "../finding";

/** An existing or declared object as a message names it, such as `VpnService office (<id>)`. */
export interface NamedObject {
  readonly displayName: string;
  /** Undefined for a resource without an object yet. */
  readonly id: string | undefined;
}

/** A VPN service with the router that it uses. */
export interface RouterUser extends NamedObject {
  readonly routerId: string | undefined;
}

/** The local end of a tunnel. */
export interface LocalEnd extends NamedObject {
  /** The id of the VPN service. */
  readonly id: string;
  /** The external addresses of the VPN service. */
  readonly addresses: readonly string[];
  readonly subnets: readonly { readonly displayName: string; readonly cidr: string }[];
}

/** A connection with the parts that collide. Unknown parts are absent. */
export interface TunnelPeer extends NamedObject {
  readonly vpnServiceId: string | undefined;
  readonly peerAddress: string | undefined;
  /** The property that gives the networks, for the path of a finding. */
  readonly networksFrom: "peerCidrs" | "peerEpGroupId";
  readonly networks: readonly string[];
}

/** The reason that a second VPN service on a router does not work. */
const ONE_SERVICE: Readonly<Record<Dialect, string>> = {
  k5: "K5 accepts one VPN service for each router",
  // The agent's process table has the router's id as its key (device_drivers/ipsec.py).
  neutron: "a VPN agent serves only one VPN service of a router, although Neutron accepts more",
};

/** A VPN service on a router that has one already. */
export function sharedRouter(
  service: RouterUser,
  others: readonly RouterUser[],
  dialect: Dialect,
): Finding[] {
  const { routerId } = service;
  return others
    .filter((other) => routerId !== undefined && other.routerId === routerId)
    .filter((other) => isOther(service, other))
    .slice(0, 1)
    .map(({ displayName }) =>
      warning(
        "routerId",
        `shared router ${routerId}`,
        `router ${routerId} has ${displayName} already, and ${ONE_SERVICE[dialect]}.`,
      ),
    );
}

/** The first connection of the same VPN service with the same peer and overlapping networks. */
export function samePeer(connection: TunnelPeer, others: readonly TunnelPeer[]): Finding[] {
  const { vpnServiceId, peerAddress, networksFrom, networks } = connection;
  if (vpnServiceId === undefined || peerAddress === undefined) return [];
  const address = canonicalAddress(peerAddress);
  const overlaps = others
    .filter((other) => isOther(connection, other) && other.vpnServiceId === vpnServiceId)
    .filter((other) => canonicalAddress(other.peerAddress ?? "") === address)
    .flatMap((other) => {
      const shared = firstOverlap(networks, other.networks);
      return shared === undefined ? [] : [{ other, shared }];
    });
  return overlaps
    .slice(0, 1)
    .map(({ other, shared }) =>
      warning(
        networksFrom,
        `same peer ${vpnServiceId} ${address} ${shared.map(maskedCidr).sort().join(" ")}`,
        `${both(...shared)} of ${other.displayName}, which has the same VPN service and the same peer ${address}: only one of the tunnels can carry that traffic.`,
      ),
    );
}

/** Networks of the peer that the local end has as well. A default route is deliberate. */
export function localOverlap(connection: TunnelPeer, local: LocalEnd): Finding[] {
  const networks = connection.networks.filter((one) => !one.endsWith("/0"));
  const shared = firstOverlap(
    networks,
    local.subnets.map(({ cidr }) => cidr),
  );
  if (shared === undefined) return [];
  const subnet = local.subnets.find(({ cidr }) => cidr === shared[1])!;
  return [
    warning(
      connection.networksFrom,
      `local overlap ${shared[0]} ${subnet.displayName}`,
      `${both(...shared)} of ${subnet.displayName}, the local end of ${local.displayName}: the overlapping addresses are not reached through the tunnel.`,
    ),
  ];
}

/** A peer that is the VPN service itself. */
export function ownAddress(connection: TunnelPeer, local: LocalEnd): Finding[] {
  const { peerAddress } = connection;
  if (peerAddress === undefined) return [];
  const address = canonicalAddress(peerAddress);
  if (!local.addresses.some((one) => canonicalAddress(one) === address)) return [];
  return [
    warning(
      "peerAddress",
      `own address ${local.id}`,
      `${address} is the external address of ${local.displayName} itself, the VPN service of this connection.`,
    ),
  ];
}

function warning(path: string, cause: string, reason: string): Finding {
  return { severity: "warning", cause, path, reason };
}

function isOther(one: NamedObject, other: NamedObject): boolean {
  return one.id === undefined ? one !== other : one.id !== other.id;
}

/** The first pair of CIDRs that overlap. */
function firstOverlap(
  left: readonly string[],
  right: readonly string[],
): [string, string] | undefined {
  for (const one of left) {
    const other = right.find((each) => overlap(one, each));
    if (other !== undefined) return [one, other];
  }
  return undefined;
}

function both(own: string, other: string): string {
  return own === other ? `${own} is also a network` : `${own} overlaps ${other}`;
}
