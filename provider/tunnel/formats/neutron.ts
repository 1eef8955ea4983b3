import type { Draft } from "../draft";
import { declaredIdsOf, identityText, type DeclaredIds } from "../identity";

/**
 * The identities of the peer's connection if the peer is a Neutron as well. Refuses identities that
 * its rule cannot lead to: a name at one end and an implicit address at the other.
 */
export function declaredIds(draft: Draft): DeclaredIds {
  const { local, remote } = draft.end;
  const identities = { local: local.identity, remote: remote.identity };
  const ids = declaredIdsOf(identities, local.address);
  if (ids === undefined) {
    draft.refuse(
      "peerId",
      identityText(local.identity),
      `A Neutron presents a name only if it expects one too, and here the cloud presents the ${identityText(remote.identity)}. Set localId of the connection to that value, or use addresses at both ends`,
    );
  }
  return ids ?? { localId: "", peerId: "" };
}

/** The address of the other cloud; refuses a cloud without one. */
export function otherAddress(draft: Draft): string {
  const { address } = draft.end.remote;
  if (address === undefined) draft.refuse("peerAddress", "any", "Give the address of the cloud");
  return address ?? "";
}

/** Notes facts of the peer's cloud that its VPN service has to match. */
export function noteService(draft: Draft): void {
  const { local } = draft.end;
  const address =
    local.address === undefined ? "" : `, and its external address is ${local.address}`;
  draft.note(`The networks of the VPN service are ${local.networks.join(", ")}${address}.`);
}
