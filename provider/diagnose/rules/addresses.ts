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
  const isBehindNat = own.every(isPrivateAddress) && !isPrivateAddress(expected);
  return [
    {
      verdict: isBehindNat ? "note" : "problem",
      property: "peerAddress",
      cloud: expected,
      peer: own.join(", "),
      text: isBehindNat
        ? "The peer is behind a NAT: its own address differs from peerAddress, and the NAT must forward UDP 500 and 4500."
        : "The cloud sends its packets to another address than that of the peer.",
      ...(!isBehindNat && {
        cure: "Set peerAddress to the address of the peer, or the peer's local address to peerAddress.",
      }),
    },
  ];
}
