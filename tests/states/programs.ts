/** The programs whose states are the fixtures beside this file; scripts/recordState.ts runs them. */
import type { NeutronFixture } from "../harness/neutron";
import { ref, type Program } from "../harness/resources";
import type { Parents } from "../harness/api";

/** Every psk of the fixtures. */
export const PSK = "a pre-shared key of a fixture";

/** Name of the IKE policy that {@link family} adopts; it has to be there, with IKE v2. */
export const ADOPTED = "somebody's";

const peer = { peerAddress: "203.0.113.7", peerId: "203.0.113.7", psk: PSK };
const onPolicies = { ikePolicyId: ref("ike.id"), ipsecPolicyId: ref("ipsec.id") };

/** All that has a place of its own in a state: defaults, parts, marks, adoption, groups, networks. */
export function family({ routerId, subnetId }: NeutronFixture): Program {
  return {
    service: { kind: "VpnService", args: { routerId, subnetId } },
    bare: { kind: "VpnService", args: { name: "without a subnet", routerId } },
    ike: { kind: "IkePolicy", args: { ikeVersion: "v2", lifetime: { value: 7200 } } },
    adopted: { kind: "IkePolicy", args: { adopt: ADOPTED, ikeVersion: "v2" } },
    ipsec: { kind: "IpsecPolicy", args: { name: "ipsec", pfs: "group14" } },
    local: { kind: "EndpointGroup", args: { type: "subnet", endpoints: [subnetId] } },
    far: {
      kind: "EndpointGroup",
      args: { type: "cidr", endpoints: ["10.6.0.0/24", "10.5.0.0/24"] },
    },
    networks: {
      kind: "IpsecSiteConnection",
      args: {
        ...peer,
        ...onPolicies,
        vpnServiceId: ref("service.id"),
        description: { $secret: "to a customer" },
        peerCidrs: ["10.3.0.0/24", "10.2.0.0/24"],
        dpd: { action: "restart", interval: 20 },
        timeouts: { update: "5m" },
      },
    },
    groups: {
      kind: "IpsecSiteConnection",
      args: {
        ...peer,
        ...onPolicies,
        vpnServiceId: ref("bare.id"),
        peerAddress: "localhost",
        localEpGroupId: ref("local.id"),
        peerEpGroupId: ref("far.id"),
        waitFor: "accepted",
      },
    },
  };
}

/** The same as far as a K5 has it. */
export function familyOfK5({ routerId, subnetId }: NeutronFixture): Program {
  const zone = { availabilityZone: "jp-east-1b" };
  return {
    service: { kind: "VpnService", args: { ...zone, routerId, subnetId } },
    ike: { kind: "IkePolicy", args: zone },
    ipsec: { kind: "IpsecPolicy", args: zone },
    networks: {
      kind: "IpsecSiteConnection",
      args: {
        ...peer,
        ...onPolicies,
        ...zone,
        vpnServiceId: ref("service.id"),
        peerCidrs: ["10.2.0.0/24"],
      },
    },
  };
}

/** One of a version that had connections alone, on what was made past Pulumi. */
export function connectionAlone(parents: Parents): Program {
  const peerCidrs = ["10.3.0.0/24", "10.2.0.0/24"];
  const args = { ...peer, ...parents, peerCidrs, dpd: { action: "restart" } };
  return { networks: { kind: "IpsecSiteConnection", args } };
}
