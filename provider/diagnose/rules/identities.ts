import { identityText, isSameIdentity, swanNotation, type Identity } from "../../tunnel/identity";
import type { TunnelEnd } from "../../tunnel/tunnelView";
import type { EndSettings } from "../peerSettings";
import { orAgreement, type Finding } from "../finding";
import { isBehindNat } from "./addresses";
import type { PeerRule } from "./rule";

/** Each end presents the identity that the other one expects, types included. */
export const identitiesMatch: PeerRule = ({ cloud, peer }) => [
  ...compare("peerId", cloud.remote, peer.local, {
    text: "The cloud refuses the identity that the peer presents.",
    cure: `Let the peer present ${described(cloud.remote.identity)}, or change peerId.`,
  }),
  ...compare("localId", cloud.local, peer.remote, {
    text: "The peer refuses the identity that the cloud presents.",
    cure: `Let the peer expect ${described(cloud.local.identity)}, or change localId.`,
  }),
];

/** Whether the peer's identity of an end is an address that {@link addressesMatch} finds different. */
function followsAddress(
  { address }: TunnelEnd,
  { addresses = [], identity }: EndSettings,
): boolean {
  if (address === undefined || addresses.includes(address)) return false;
  // The address of a peer behind a NAT is right, and its identity still counts.
  if (isBehindNat(address, addresses)) return false;
  return identity?.type === "address" && addresses.includes(identity.value);
}

function compare(
  property: string,
  end: TunnelEnd,
  settings: EndSettings,
  advice: { readonly text: string; readonly cure: string },
): readonly Finding[] {
  const { identity: cloud } = end;
  const { identity: peer } = settings;
  if (peer === undefined || followsAddress(end, settings)) return [];
  const value = identityText(cloud);
  if (isSameIdentity(cloud, peer)) return orAgreement([], property, value);
  const isOtherType = cloud.value === peer.value;
  const rule = isOtherType && cloud.type === "name" ? ` ${NEUTRON_RULE}` : "";
  const types = isOtherType ? " The types differ, so the identities differ." : "";
  return [
    {
      verdict: "problem",
      property,
      cloud: value,
      peer: identityText(peer),
      text: `${advice.text}${types}${rule}`,
      cure: advice.cure,
    },
  ];
}

/** In the notation of the swans, which states the type. */
function described(identity: Identity): string {
  return `the ${identityText(identity)} (\`${swanNotation(identity)}\`)`;
}

const NEUTRON_RULE =
  "Neutron treats both identities as names as soon as one of them is not an IP address.";
