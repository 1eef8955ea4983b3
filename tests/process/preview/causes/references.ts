import type { Properties } from "../../../support/harness/providerProcess";
import { ABSENT, made, otherProject, type Attempt, type Cause, type Ground } from "../cause";

const connection = (changes: Properties): Attempt => ({ changes });
const service = (changes: Properties): Attempt => ({ kind: "VpnService", changes });

/** A connection of endpoint groups, with a service of the first router without a subnet. */
async function grouped(
  { cloud, sim }: Ground,
  local: Properties,
  peer: Properties,
): Promise<Attempt> {
  const vpnServiceId = await made(cloud, "vpnservice", "vpnservices", {
    name: "of-groups",
    router_id: sim.fixture.routerId,
  });
  const group = (name: string, body: Properties) =>
    made(cloud, "endpoint_group", "endpoint-groups", { name, ...body });
  return connection({
    vpnServiceId,
    peerCidrs: undefined,
    localEpGroupId: await group("local", local),
    peerEpGroupId: await group("peer", peer),
  });
}

const subnets = (...endpoints: string[]) => ({ type: "subnet", endpoints });
const cidrs = (...endpoints: string[]) => ({ type: "cidr", endpoints });

/** References to objects that do not exist, or that do not fit. */
export const references: readonly Cause[] = [
  {
    what: "`vpnServiceId` does not exist",
    effect: "failure",
    words: "vpnServiceId",
    attempt: () => connection({ vpnServiceId: ABSENT }),
  },
  {
    what: "`vpnServiceId` is in another project",
    effect: "failure",
    words: "vpnServiceId",
    attempt: async (scene) =>
      connection({
        vpnServiceId: await made(await otherProject(scene), "vpnservice", "vpnservices", {
          router_id: scene.sim.fixture.foreignRouterId,
          subnet_id: scene.sim.fixture.foreignSubnetId,
        }),
      }),
  },
  {
    what: "`vpnServiceId` is the id of a router",
    effect: "failure",
    words: "vpnServiceId",
    attempt: ({ sim }) => connection({ vpnServiceId: sim.fixture.routerId }),
  },
  {
    what: "`ikePolicyId` does not exist",
    effect: "failure",
    words: "ikePolicyId",
    attempt: () => connection({ ikePolicyId: ABSENT }),
  },
  {
    what: "`ikePolicyId` is the id of an IPsec policy",
    effect: "failure",
    words: "ikePolicyId",
    attempt: ({ parents }) => connection({ ikePolicyId: parents.ipsecPolicyId }),
  },
  {
    what: "`ikePolicyId` is in another project",
    effect: "failure",
    words: "ikePolicyId",
    attempt: async (scene) =>
      connection({
        ikePolicyId: await made(await otherProject(scene), "ikepolicy", "ikepolicies", {}),
      }),
  },
  {
    what: "`ipsecPolicyId` does not exist",
    effect: "failure",
    words: "ipsecPolicyId",
    attempt: () => connection({ ipsecPolicyId: ABSENT }),
  },
  {
    what: "`localEpGroupId` does not exist",
    effect: "failure",
    words: "localEpGroupId",
    attempt: async (scene) => {
      const { fixture } = scene.sim;
      const { changes } = await grouped(scene, subnets(fixture.subnetId), cidrs("10.5.0.0/24"));
      return connection({ ...changes, localEpGroupId: ABSENT });
    },
  },
  {
    what: "`localEpGroupId` is a group of CIDRs",
    effect: "failure",
    words: "localEpGroupId",
    attempt: (scene) => grouped(scene, cidrs("10.6.0.0/24"), cidrs("10.5.0.0/24")),
  },
  {
    what: "`peerEpGroupId` is a group of subnets",
    effect: "failure",
    words: "peerEpGroupId",
    attempt: (scene) => {
      const { subnetId, secondSubnetId } = scene.sim.fixture;
      return grouped(scene, subnets(subnetId), subnets(secondSubnetId));
    },
  },
  {
    what: "A subnet of `localEpGroupId` is not on the router of the VPN service",
    effect: "failure",
    words: "localEpGroupId",
    attempt: (scene) =>
      grouped(scene, subnets(scene.sim.fixture.thirdSubnetId), cidrs("10.5.0.0/24")),
  },
  {
    what: "Endpoint groups, and a VPN service with a subnet",
    effect: "failure",
    words: "EpGroupId",
    attempt: async (scene) => {
      const { fixture } = scene.sim;
      const { changes } = await grouped(scene, subnets(fixture.subnetId), cidrs("10.5.0.0/24"));
      return connection({ ...changes, vpnServiceId: scene.parents.vpnServiceId });
    },
  },
  {
    what: "`peerCidrs`, and a VPN service without a subnet",
    effect: "failure",
    words: "peerCidrs",
    attempt: async ({ cloud, sim }) =>
      connection({
        vpnServiceId: await made(cloud, "vpnservice", "vpnservices", {
          router_id: sim.fixture.routerId,
        }),
      }),
  },
  {
    what: "`routerId` does not exist",
    effect: "failure",
    words: "routerId",
    attempt: () => service({ routerId: ABSENT }),
  },
  {
    what: "`routerId` is in another project",
    effect: "failure",
    words: "routerId",
    attempt: ({ sim }) => service({ routerId: sim.fixture.foreignRouterId }),
  },
  {
    what: "The router has no external gateway",
    effect: "failure",
    words: "routerId",
    attempt: ({ sim }) =>
      service({ routerId: sim.fixture.closedRouterId, subnetId: sim.fixture.closedSubnetId }),
  },
  {
    what: "`subnetId` does not exist",
    effect: "failure",
    words: "subnetId",
    attempt: () => service({ subnetId: ABSENT }),
  },
  {
    what: "`subnetId` is not attached to the router",
    effect: "failure",
    words: "subnetId",
    attempt: ({ sim }) => service({ subnetId: sim.fixture.thirdSubnetId }),
  },
  {
    what: "`subnetId` is in another project",
    effect: "failure",
    words: "subnetId",
    attempt: ({ sim }) => service({ subnetId: sim.fixture.foreignSubnetId }),
  },
  {
    what: "A subnet of an endpoint group does not exist",
    effect: "failure",
    words: "endpoints",
    attempt: () => ({ kind: "EndpointGroup", changes: subnets(ABSENT) }),
  },
];
