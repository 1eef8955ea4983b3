import type { Properties } from "../../../support/harness/providerProcess";
import { UNKNOWN } from "../../../../provider/model/unknowns";
import { bodyOf, KINDS } from "../../../support/harness/kinds";
import { leastOf } from "../../inputs";
import { made, type Attempt, type Cause, type Ground } from "../cause";

/** A VPN service of the router without an IPv4 end. */
const ipv6Service = ({ cloud, sim }: Ground) =>
  made(cloud, "vpnservice", "vpnservices", {
    name: "of-ipv6",
    router_id: sim.fixture.secondRouterId,
    subnet_id: sim.fixture.ipv6SubnetId,
  });

/** A connection outside the program, to the usual peer. */
async function besides(ground: Ground, changes: Properties): Promise<Attempt> {
  const { path, key } = KINDS.IpsecSiteConnection;
  const body = bodyOf({ name: "existing", ...leastOf("IpsecSiteConnection", ground) });
  await ground.cloud.post(path, { [key]: body });
  return { changes };
}

/** IP versions, networks and addresses that do not fit, and collisions with other objects. */
export const addresses: readonly Cause[] = [
  {
    what: "`peerCidrs` are IPv6, the local subnet is IPv4",
    effect: "failure",
    words: "peerCidrs",
    attempt: () => ({ changes: { peerCidrs: ["2001:db8:5::/64"] } }),
  },
  {
    what: "`peerCidrs` of both IP versions",
    effect: "failure",
    words: "peerCidrs",
    attempt: () => ({ changes: { peerCidrs: ["10.5.0.0/24", "2001:db8:5::/64"] } }),
  },
  {
    what: "`mtu` below 1280, the local subnet is IPv6",
    effect: "failure",
    words: "mtu",
    attempt: async (scene) => ({
      changes: {
        vpnServiceId: await ipv6Service(scene),
        peerCidrs: ["2001:db8:5::/64"],
        mtu: 1279,
      },
    }),
  },
  {
    what: "`peerCidrs`, and the program creates or replaces its only VPN service, without a subnet",
    effect: "failure",
    words: "peerCidrs",
    attempt: () => ({
      before: [{ kind: "VpnService", changes: { name: "new", subnetId: undefined } }],
      changes: { vpnServiceId: UNKNOWN },
    }),
  },
  {
    what: "`peerCidrs` are IPv4, and the program creates or replaces its only VPN service, with an IPv6 subnet",
    effect: "failure",
    words: "peerCidrs",
    attempt: ({ sim: { fixture } }) => ({
      before: [
        {
          kind: "VpnService",
          changes: {
            name: "new",
            routerId: fixture.secondRouterId,
            subnetId: fixture.ipv6SubnetId,
          },
        },
      ],
      changes: { vpnServiceId: UNKNOWN },
    }),
  },
  {
    what: "`peerAddress` is IPv6, the router's gateway has only an IPv4 address",
    effect: "failure",
    words: "peerAddress",
    simulated: (scene) => {
      scene.sim.script({
        method: "GET",
        path: /\/vpnservices(\/|$)/,
        times: Infinity,
        answer: ({ status, body }) => ({
          status,
          body: JSON.parse(
            JSON.stringify(body).replace(/"external_v6_ip":"[^"]*"/g, '"external_v6_ip":null'),
          ) as unknown,
        }),
      });
      return {
        changes: {
          peerAddress: "2001:db8:5::1",
          peerId: "2001:db8:5::1",
        },
      };
    },
  },
  {
    what: "A second VPN service on one router",
    effect: "warning",
    words: "routerId",
    attempt: ({ sim }) => ({
      kind: "VpnService",
      changes: { routerId: sim.fixture.secondRouterId, subnetId: sim.fixture.ipv6SubnetId },
    }),
  },
  {
    what: "Two VPN services of the program on one router",
    effect: "warning",
    words: "routerId",
    attempt: ({ sim }) => ({
      kind: "VpnService",
      changes: { subnetId: sim.fixture.secondSubnetId },
      before: [{ kind: "VpnService", changes: { name: "first" } }],
    }),
  },
  {
    what: "A second VPN service on one router of K5",
    effect: "warning",
    words: "routerId",
    scene: { dialect: "k5" },
    simulated: ({ sim }) => ({
      kind: "VpnService",
      changes: { routerId: sim.fixture.secondRouterId, subnetId: sim.fixture.thirdSubnetId },
    }),
  },
  {
    what: "Another connection of the VPN service has the same peer and overlapping networks",
    effect: "warning",
    words: "peerCidrs",
    attempt: (scene) => besides(scene, { peerCidrs: ["10.2.0.0/16"] }),
  },
  {
    what: "Two connections of the program have the same service, peer and overlapping networks",
    effect: "warning",
    words: "peerCidrs",
    attempt: () => ({
      changes: { peerCidrs: ["10.2.0.0/16"] },
      before: [{ kind: "IpsecSiteConnection", changes: { name: "first" } }],
    }),
  },
  {
    what: "`peerCidrs` overlap the local subnet",
    effect: "warning",
    words: "peerCidrs",
    attempt: () => ({ changes: { peerCidrs: ["10.0.0.0/8"] } }),
  },
  {
    what: "The networks of `peerEpGroupId` overlap the local subnets",
    effect: "warning",
    words: "peerEpGroupId",
    attempt: async ({ cloud, sim }) => {
      const { routerId, subnetId } = sim.fixture;
      const group = (type: string, endpoint: string) =>
        made(cloud, "endpoint_group", "endpoint-groups", { type, endpoints: [endpoint] });
      return {
        changes: {
          vpnServiceId: await made(cloud, "vpnservice", "vpnservices", { router_id: routerId }),
          peerCidrs: undefined,
          localEpGroupId: await group("subnet", subnetId),
          peerEpGroupId: await group("cidr", "10.10.0.0/16"),
        },
      };
    },
  },
  {
    what: "`peerAddress` is the address of the VPN service itself",
    effect: "warning",
    words: "peerAddress",
    attempt: async ({ cloud, parents }) => {
      const service = await cloud.get(`/vpn/vpnservices/${parents.vpnServiceId}`);
      return { changes: { peerAddress: service["external_v4_ip"] } };
    },
  },
];
