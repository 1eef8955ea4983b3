import { canonicalAddress, isAddress, isIpv6 } from "../validation/net";

/**
 * An identity that an end presents in phase 1. The type counts: the name `203.0.113.1` is not the
 * address 203.0.113.1. The value of a key id is hexadecimal.
 */
export interface Identity {
  readonly type: "address" | "name" | "email" | "keyId";
  readonly value: string;
}

/** The identities of a connection of Neutron, as its properties hold them. */
export interface DeclaredIds {
  /** Empty for the address of the VPN service. */
  readonly localId: string;
  readonly peerId: string;
}

/** The identities of both ends. */
export interface Identities {
  readonly local: Identity;
  readonly remote: Identity;
}

/**
 * The identities that the agent of a connection presents and expects. Both are addresses only if
 * both are IP addresses; otherwise the server puts `@` before both of them, so that both become
 * names (neutron-vpnaas, service_drivers/base_ipsec.py, make_vpnservice_dict). An empty `localId`
 * stays the address of the service.
 */
export function identitiesOf({ localId, peerId }: DeclaredIds, ownAddress: string): Identities {
  const areAddresses = isAddress(peerId) && (localId === "" || isAddress(localId));
  const identityOf = (id: string) => (areAddresses ? addressIdentity(id) : swanIdentity(`@${id}`));
  return {
    local: localId === "" ? addressIdentity(ownAddress) : identityOf(localId),
    remote: identityOf(peerId),
  };
}

/**
 * The properties of a connection whose agent presents and expects these identities; undefined if
 * there are none. `ownAddress` is the address of its VPN service.
 */
export function declaredIdsOf(
  { local, remote }: Identities,
  ownAddress: string | undefined,
): DeclaredIds | undefined {
  const peerId = declared(remote);
  const candidates = [
    { localId: "", peerId },
    { localId: declared(local), peerId },
  ];
  return candidates.find((ids) => {
    const found = identitiesOf(ids, ownAddress ?? "");
    return isSameIdentity(found.local, local) && isSameIdentity(found.remote, remote);
  });
}

/** Whether two identities match in phase 1. */
export function isSameIdentity(one: Identity, other: Identity): boolean {
  return one.type === other.type && one.value === other.value;
}

/**
 * The notation that strongSwan and libreswan read: `@name`, `@@email`, `@#hexadecimal`, an address
 * as it is.
 */
export function swanNotation({ type, value }: Identity): string {
  switch (type) {
    case "address":
      return value;
    case "name":
      return `@${value}`;
    case "email":
      return `@@${value}`;
    case "keyId":
      return `@#${value}`;
  }
}

/** An identity for people, with its type. */
export function identityText({ type, value }: Identity): string {
  const types = { address: "address", name: "name (FQDN)", email: "e-mail", keyId: "key id" };
  return `${types[type]} ${value}`;
}

/** The type of an address in phase 1. */
export function addressType(address: string): "ipv4" | "ipv6" {
  return isIpv6(address) ? "ipv6" : "ipv4";
}

function addressIdentity(address: string): Identity {
  return { type: "address", value: canonicalAddress(address) };
}

/** Reads an identity in the notation of {@link swanNotation} that begins with `@`. */
function swanIdentity(text: string): Identity {
  const hexadecimal = /^@#((?:[0-9a-f]{2})+)$/i.exec(text)?.[1];
  if (hexadecimal !== undefined) return { type: "keyId", value: hexadecimal.toLowerCase() };
  if (text.startsWith("@@")) return { type: "email", value: text.slice(2) };
  return { type: "name", value: text.slice(1) };
}

/** The value of `localId` or `peerId` for an identity: the server adds one `@`. */
function declared(identity: Identity): string {
  const text = swanNotation(identity);
  return identity.type === "address" ? text : text.slice(1);
}
