import type { Dialect } from "../dialect";
import { cloudResourceType } from "../schema/resourceType";
import type { Rule } from "../schema/rule";
import { isUnknown } from "../model/unknowns";
import { isAbsent } from "../schema/equality";
import { identityWarnings } from "../tunnel/identityWarnings";
import { contains, ipVersion, isAddress } from "../validation/net";
import type { ResourceBehavior } from "../lifecycle/core/resource";
import type { Inputs, Values } from "../values";

const dpdTimeoutExceedsInterval: Rule = (inputs) => {
  const { interval, timeout } = (inputs["dpd"] ?? {}) as Values;
  if (typeof interval !== "number" || typeof timeout !== "number" || timeout > interval) return [];
  return [
    {
      path: ["dpd", "timeout"],
      reason: "must be greater than dpd.interval (30 seconds where it is not given)",
    },
  ];
};

/**
 * A service with a subnet requires networks, one without requires groups; both together are refused
 * (vpn_validator.py).
 */
const networksOrGroups: Rule = (inputs, dialect) => {
  if (dialect === "k5") return [];
  const groups = ["localEpGroupId", "peerEpGroupId"];
  // An unknown value may turn out to be absent.
  if (["peerCidrs", ...groups].some((name) => isUnknown(inputs[name]))) return [];
  const has = (name: string) => !isAbsent(inputs[name]);
  if (has("peerCidrs") && groups.some(has)) {
    return [
      {
        path: ["peerCidrs"],
        reason:
          "must be left out when endpoint groups are given (localEpGroupId and peerEpGroupId, both)",
      },
    ];
  }
  if (has("peerCidrs") || groups.every(has)) return [];
  const missing = groups.filter((name) => !has(name));
  return missing.length === 1
    ? [{ path: [missing[0]!], reason: "is required beside the other endpoint group" }]
    : [
        {
          path: ["peerCidrs"],
          reason: "is required, or else both localEpGroupId and peerEpGroupId",
        },
      ];
};

const oneIpVersion: Rule = (inputs) => {
  const versions = knownCidrs(inputs).map(ipVersion);
  if (!versions.includes(4) || !versions.includes(6)) return [];
  return [{ path: ["peerCidrs"], reason: "must be all IPv4 or all IPv6" }];
};

/** RFC 8200 requires 1280 of every link; Neutron refuses less (vpn_validator.py). */
const mtuFitsIpv6: Rule = (inputs) => {
  const { mtu } = inputs;
  if (typeof mtu !== "number" || mtu >= 1280) return [];
  if (!knownCidrs(inputs).some((cidr) => ipVersion(cidr) === 6)) return [];
  return [{ path: ["mtu"], reason: "must be at least 1280 for IPv6" }];
};

/** The types of identities that Neutron presents and expects; those of K5 are unknown. */
const identitiesHaveTheirTypes: Rule = ({ localId, peerId }, dialect) => {
  if (dialect === "k5" || isUnknown(localId) || isUnknown(peerId)) return [];
  if (typeof peerId !== "string" || typeof localId !== "string") return [];
  return identityWarnings({ localId, peerId }).map(({ property, reason }) => ({
    path: [property],
    reason,
    isWarning: true,
  }));
};

/** In a lab with strongSwan, a part of the traffic then passed outside the tunnel. */
const peerAddressIsOutside: Rule = (inputs) => {
  const { peerAddress } = inputs;
  if (typeof peerAddress !== "string" || !isAddress(peerAddress)) return [];
  if (!knownCidrs(inputs).some((cidr) => contains(cidr, peerAddress))) return [];
  return [
    {
      path: ["peerCidrs"],
      reason:
        "contains peerAddress, so that a part of the traffic may pass unencrypted, or none at all. Leave the peer's gateway out of its networks.",
      isWarning: true,
    },
  ];
};

function knownCidrs(inputs: Inputs): string[] {
  const { peerCidrs } = inputs;
  if (!Array.isArray(peerCidrs)) return [];
  return peerCidrs.filter((one) => typeof one === "string" && !isUnknown(one)) as string[];
}

/** The short form of a diagnosis, for a tunnel that does not come up: the most frequent causes. */
const downChecklist = (dialect: Dialect): string =>
  [
    "A tunnel is DOWN until both ends agree; that is normal while the peer is not set up yet. Otherwise `npx pulumi-vpnaas diagnose --peer-config FILE` compares both ends and names the cause. Most frequent:",
    dialect === "k5"
      ? "- a global IP is assigned to the router port of the VPN service's subnet, and the peer is set to it"
      : "- the router has its gateway, and the peer is set to the VPN service's external address",
    "- psk, IKE policy, IPsec policy (with its PFS group), identities and networks are the same at both ends",
    "- firewalls at both ends pass UDP 500, UDP 4500 and ESP",
    dialect === "k5"
      ? 'K5 lists its own points in the notes of "List IPsec site connections".'
      : "",
  ]
    .filter((line) => line !== "")
    .join("\n");

/** An IPsec site-to-site connection, with the rules that schema.json cannot express. */
export const ipsecSiteConnection: ResourceBehavior = {
  definition: cloudResourceType("IpsecSiteConnection"),
  rules: [
    dpdTimeoutExceedsInterval,
    networksOrGroups,
    oneIpVersion,
    mtuFitsIpv6,
    identitiesHaveTheirTypes,
    peerAddressIsOutside,
  ],
  downChecklist,
  interruptedService: (_id, { vpnServiceId }) => vpnServiceId,
};
