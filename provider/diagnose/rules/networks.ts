import { ipVersion, overlap } from "../../validation/net";
import { orAgreement, type Finding } from "../finding";
import type { PeerRule } from "./rule";

/** Both ends have the same networks behind each of them. */
export const networksMatch: PeerRule = ({ cloud, peer }) => {
  if (peer.children.length === 0) {
    return [
      {
        verdict: "problem",
        property: "peerCidrs",
        cloud: cloud.remote.networks.join(", "),
        peer: "none",
        text: "The peer's connection has no networks, so it refuses phase 2.",
        cure: "Add the networks of both ends at the peer.",
      },
    ];
  }
  return [
    ...compare("peerCidrs", cloud.remote.networks, union(peer.children.map((one) => one.local))),
    ...compare(
      "vpnService.subnetId",
      cloud.local.networks,
      union(peer.children.map((one) => one.remote)),
    ),
  ];
};

function union(lists: readonly (readonly string[] | undefined)[]): string[] {
  return [...new Set(lists.flatMap((one) => one ?? []))].sort();
}

/** Compares the networks behind one of the ends. */
function compare(
  property: string,
  cloud: readonly string[],
  peer: readonly string[],
): readonly Finding[] {
  const values = { cloud: cloud.join(", "), peer: peer.join(", ") || "its gateway alone" };
  const uncovered = cloud.filter((one) => !peer.some((other) => isWithin(one, other)));
  const foreign = peer.filter((one) => !cloud.some((other) => overlap(one, other)));
  const parts = uncovered.filter((one) => peer.some((other) => overlap(one, other)));
  const isWider = cloud.join() !== peer.join();
  const findings: Finding[] =
    uncovered.length === 0
      ? isWider
        ? [{ verdict: "note", property, ...values, text: WIDER }]
        : []
      : parts.length === uncovered.length
        ? [{ verdict: "problem", property, ...values, text: narrower(parts), cure: CURE }]
        : [
            {
              verdict: "problem",
              property,
              ...values,
              text:
                foreign.length > 0
                  ? "The peer has other networks, so it refuses phase 2 or a part of the traffic (TS_UNACCEPTABLE)."
                  : "The peer lacks a network, so packets of that network have no way.",
              cure: CURE,
            },
          ];
  return orAgreement(findings, property, values.cloud);
}

const CURE = "Set the same networks at both ends.";

const WIDER =
  "The peer has more than the networks of the cloud. The ends agree on the common part, so this is harmless.";

function narrower(networks: readonly string[]): string {
  return `The peer has only a part of ${networks.join(", ")}. The tunnel may be ACTIVE, but packets of the rest have no way.`;
}

/** Whether a network lies within another one. */
function isWithin(one: string, other: string): boolean {
  const prefixOf = (network: string) => Number(network.split("/")[1]);
  return (
    ipVersion(one) === ipVersion(other) && overlap(one, other) && prefixOf(other) <= prefixOf(one)
  );
}
