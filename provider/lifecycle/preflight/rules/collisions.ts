import {
  canonicalAddress,
  maskedCidr,
  parseCidr,
  shareAddress,
  type Cidr,
} from "../../../validation/net";
import type { Dialect } from "../../../dialect";
import type { Finding } from "../finding";

/** A network as a program or the cloud writes it. */
export interface Network {
  readonly notation: string;
  readonly cidr: Cidr;
}

/** The networks in those notations, without strings that are none. */
export function networksOf(notations: readonly string[]): Network[] {
  return notations.flatMap((notation) => {
    const cidr = parseCidr(notation);
    return cidr === undefined ? [] : [{ notation, cidr }];
  });
}

/** The peer's end of a tunnel. */
export interface PeerEnd {
  readonly vpnServiceId: string;
  readonly peerAddress: string;
  /** The property that gives the networks, for the path of a finding. */
  readonly networksFrom: "peerCidrs" | "peerEpGroupId";
}

/** The local end of a tunnel. */
export interface LocalEnd {
  /** The VPN service. */
  readonly displayName: string;
  readonly id: string;
  /** The external addresses of the VPN service. */
  readonly addresses: readonly string[];
  readonly subnets: readonly (Network & { readonly displayName: string })[];
}

/** The reason that a second VPN service on a router does not work. */
const ONE_SERVICE: Readonly<Record<Dialect, string>> = {
  k5: "K5 accepts one VPN service for each router",
  // The agent's process table has the router's id as its key (device_drivers/ipsec.py).
  neutron: "a VPN agent serves only one VPN service of a router, although Neutron accepts more",
};

/** `other` is the display name of the VPN service that the router has already. */
export function sharedRouter(routerId: string, other: string, dialect: Dialect): Finding {
  return warning(
    "routerId",
    `shared router ${routerId}`,
    `router ${routerId} has ${other} already, and ${ONE_SERVICE[dialect]}.`,
  );
}

/** Two networks that share an address: the own one, and the other. */
export type Overlap<T = Network> = readonly [own: Network, other: T];

/** The first pair of networks that overlap. */
export function firstOverlap<T extends Network>(
  own: readonly Network[],
  others: readonly T[],
): Overlap<T> | undefined {
  for (const one of own) {
    const other = others.find(({ cidr }) => shareAddress(one.cidr, cidr));
    if (other !== undefined) return [one, other];
  }
  return undefined;
}

/** `other` is the display name of a connection of the same VPN service with the same peer. */
export function samePeer(connection: PeerEnd, other: string, overlap: Overlap): Finding {
  const address = canonicalAddress(connection.peerAddress);
  const networks = overlap.map(({ notation }) => maskedCidr(notation)).sort();
  return warning(
    connection.networksFrom,
    `same peer ${connection.vpnServiceId} ${address} ${networks.join(" ")}`,
    `${inWords(overlap)} of ${other}, which has the same VPN service and the same peer ${address}: only one of the tunnels can carry that traffic.`,
  );
}

/** Networks of the peer that the local end has as well. A default route is deliberate. */
export function localOverlap(
  { networksFrom }: Pick<PeerEnd, "networksFrom">,
  networks: readonly Network[],
  local: LocalEnd,
): Finding[] {
  const specific = networks.filter(({ cidr }) => cidr.prefix > 0);
  const overlap = firstOverlap(specific, local.subnets);
  if (overlap === undefined) return [];
  const [{ notation }, { displayName }] = overlap;
  return [
    warning(
      networksFrom,
      `local overlap ${notation} ${displayName}`,
      `${inWords(overlap)} of ${displayName}, the local end of ${local.displayName}: the overlapping addresses are not reached through the tunnel.`,
    ),
  ];
}

/** A peer that is the VPN service itself. */
export function ownAddress(peerAddress: string, local: LocalEnd): Finding[] {
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

function inWords([own, other]: Overlap): string {
  return own.notation === other.notation
    ? `${own.notation} is also a network`
    : `${own.notation} overlaps ${other.notation}`;
}
