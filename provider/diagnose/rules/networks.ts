import { ipVersion, overlap } from "../../validation/net";
import { agreement, type Finding } from "../finding";
import type { PeerSettings } from "../peerSettings";
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
    compare("peerCidrs", cloud.remote.networks, union(peer.children.map((one) => one.local)), peer),
    compare(
      "vpnService.subnetId",
      cloud.local.networks,
      union(peer.children.map((one) => one.remote)),
      peer,
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
  { needsEqualNetworks = false }: PeerSettings,
): Finding {
  const values = { cloud: cloud.join(", "), peer: peer.join(", ") || "its gateway alone" };
  if (cloud.join() === peer.join()) return agreement(property, values.cloud);
  const uncovered = cloud.filter((one) => !peer.some((other) => isWithin(one, other)));
  if (uncovered.length === 0 && !needsEqualNetworks) {
    return { verdict: "note", property, ...values, text: WIDER };
  }
  const text = needsEqualNetworks ? NOT_EQUAL : reasonOf(uncovered, cloud, peer);
  return { verdict: "problem", property, ...values, text, cure: CURE };
}

const CURE = "Set the same networks at both ends.";

const NOT_EQUAL = "The networks differ, and libreswan accepts only equal ones.";

const WIDER =
  "The peer has more than the networks of the cloud. The ends agree on the common part, so this is harmless.";

function reasonOf(
  uncovered: readonly string[],
  cloud: readonly string[],
  peer: readonly string[],
): string {
  if (uncovered.every((one) => peer.some((other) => overlap(one, other)))) {
    return `The peer has only a part of ${uncovered.join(", ")}. The tunnel may be ACTIVE, but packets of the rest have no way.`;
  }
  return peer.some((one) => !cloud.some((other) => overlap(one, other)))
    ? "The peer has other networks, so it refuses phase 2 or a part of the traffic (TS_UNACCEPTABLE)."
    : "The peer lacks a network, so packets of that network have no way.";
}

/** Whether a network lies within another one. */
function isWithin(one: string, other: string): boolean {
  const prefixOf = (network: string) => Number(network.split("/")[1]);
  return (
    ipVersion(one) === ipVersion(other) && overlap(one, other) && prefixOf(other) <= prefixOf(one)
  );
}
