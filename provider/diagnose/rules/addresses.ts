import { canonicalAddress, isPrivateAddress } from "../../validation/net";
import { orAgreement, type Finding } from "../finding";
import type { PeerRule } from "./rule";

/** Each end is configured for the address of the other one. */
export const addressesMatch: PeerRule = ({ cloud, peer }) => [
  ...cloudAddress(cloud.local.address, peer.remote.addresses),
  ...peerAddress(cloud.remote.address, peer.local.addresses),
];

function cloudAddress(
  address: string | undefined,
  expected: readonly string[] | undefined,
): readonly Finding[] {
  if (address === undefined || expected === undefined) return [];
  const isExpected = expected.map(canonicalAddress).includes(canonicalAddress(address));
  const findings: Finding[] = isExpected
    ? []
    : [
        {
          verdict: "problem",
          property: "vpnService.externalV4Ip",
          cloud: address,
          peer: expected.join(", "),
          text: `The peer has no configuration for packets from ${address}, so it refuses them or answers nothing.`,
          cure: `Set the remote address of the peer to ${address}; if a NAT is in front of the cloud, give its address by --cloud-address.`,
        },
      ];
  return orAgreement(findings, "vpnService.externalV4Ip", address);
}

function peerAddress(
  expected: string | undefined,
  own: readonly string[] | undefined,
): readonly Finding[] {
  if (expected === undefined || own === undefined) return [];
  if (own.map(canonicalAddress).includes(canonicalAddress(expected))) {
    return orAgreement([], "peerAddress", expected);
  }
  const hasNat = isBehindNat(expected, own);
  return [
    {
      verdict: hasNat ? "note" : "problem",
      property: "peerAddress",
      cloud: expected,
      peer: own.join(", "),
      text: hasNat
        ? "The peer is behind a NAT: its own address differs from peerAddress, and the NAT must forward UDP 500 and 4500."
        : "The cloud sends its packets to another address than that of the peer.",
      ...(!hasNat && {
        cure: "Set peerAddress to the address of the peer, or the peer's local address to peerAddress.",
      }),
    },
  ];
}

/** Whether a NAT explains that the peer's own addresses are not the one that the cloud knows. */
export function isBehindNat(expected: string, own: readonly string[]): boolean {
  return own.every(isPrivateAddress) && !isPrivateAddress(expected);
}
