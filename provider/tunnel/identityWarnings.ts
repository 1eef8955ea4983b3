import { isAddress } from "../validation/net";
import { identitiesOf, type DeclaredIds, type Identity } from "./identity";

/** A declared identity that Neutron presents or expects with an unexpected type. */
export interface IdentityWarning {
  readonly property: keyof DeclaredIds;
  /** Follows the name of the property. Contains no value. */
  readonly reason: string;
}

/**
 * The declared identities whose type is not that of their notation, since Neutron makes names of both
 * if one of them is not an IP address: see {@link identitiesOf}. Such a tunnel is DOWN unless the peer
 * is configured for it.
 */
export function identityWarnings(ids: DeclaredIds): IdentityWarning[] {
  const { local, remote } = identitiesOf(ids, "");
  return [
    ...(ids.localId === "" ? [] : warningsOn("localId", ids.localId, local)),
    ...warningsOn("peerId", ids.peerId, remote),
  ];
}

function warningsOn(
  property: keyof DeclaredIds,
  declared: string,
  { type, value }: Identity,
): IdentityWarning[] {
  const [other, role] = ROLES[property];
  if (type === "name" && isAddress(declared)) {
    const reason = `is an address and ${other} is not, so Neutron treats both as names: the peer has to ${role} the address as a name (FQDN). ${CURES[property]}`;
    return [{ property, reason }];
  }
  if (type === "name" && value.includes("@")) {
    const reason = `is an e-mail address, which Neutron treats as a name: the peer has to ${role} a name (FQDN). Put @ before it for the type e-mail.`;
    return [{ property, reason }];
  }
  if (type === "email" && !value.includes("@")) {
    const reason = `begins with @, and Neutron adds another one, so it has the type e-mail: the peer has to ${role} an e-mail address. Leave @ out for a name.`;
    return [{ property, reason }];
  }
  return [];
}

const ROLES = { localId: ["peerId", "expect"], peerId: ["localId", "present"] } as const;

const CURES = {
  localId: "Leave localId out to present the address.",
  peerId: "Leave localId out, or give peerId a name as well.",
};
