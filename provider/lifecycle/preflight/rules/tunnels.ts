import { displayNameOf } from "../../../model/labels";
import { canonicalAddress } from "../../../validation/net";
import type { Values } from "../../../values";
import { isUnanswered, type CloudFacts } from "../facts";
import type { PreflightRule } from "../finding";
import {
  localOverlap,
  ownAddress,
  samePeer,
  sharedRouter,
  type LocalEnd,
  type TunnelPeer,
} from "./collisions";
import { objectIn, stringIn, stringsIn } from "./known";
import { neighborhood, neighborsIn, type Neighbor } from "./neighbors";

/** The VPN services on one router. */
const ON_ROUTER = neighborhood("VpnService", (values) => stringIn(values, "routerId"));

/** The connections of one VPN service to one peer. */
const TO_PEER = neighborhood("IpsecSiteConnection", (values) => {
  const [service, peer] = [stringIn(values, "vpnServiceId"), stringIn(values, "peerAddress")];
  return service && peer && `${service} ${canonicalAddress(peer)}`;
});

/** A router serves one VPN service. */
export const routerIsFree: PreflightRule = async (declared, facts) => {
  const { subject, inputs, dialect } = declared;
  const routerId = stringIn(inputs, "routerId");
  const neighbors = await neighborsIn(ON_ROUTER, declared, facts);
  const services = neighbors.map((one) => ({ ...one, routerId }));
  return sharedRouter({ displayName: subject, id: undefined, routerId }, services, dialect);
};

/** The peer and its networks are apart from those of other tunnels, and from the local end. */
export const tunnelsAreApart: PreflightRule = async (declared, facts) => {
  const { subject, inputs } = declared;
  const connection = await peerOf({ displayName: subject, id: undefined, values: inputs }, facts);
  const neighbors = await neighborsIn(TO_PEER, declared, facts);
  const others = await Promise.all(neighbors.map((one) => peerOf(one, facts)));
  const local = await localEndOf(inputs, facts);
  return [
    ...samePeer(connection, others),
    ...(local === undefined
      ? []
      : [...localOverlap(connection, local), ...ownAddress(connection, local)]),
  ];
};

async function peerOf(
  { displayName, id, values }: Neighbor,
  facts: CloudFacts,
): Promise<TunnelPeer> {
  const hasGroup = stringIn(values, "peerEpGroupId") !== undefined;
  return {
    displayName,
    id,
    vpnServiceId: stringIn(values, "vpnServiceId"),
    peerAddress: stringIn(values, "peerAddress"),
    networksFrom: hasGroup ? "peerEpGroupId" : "peerCidrs",
    networks: hasGroup
      ? await endpointsIn(values, "peerEpGroupId", facts)
      : stringsIn(values, "peerCidrs"),
  };
}

/** The local end of a connection; undefined if its VPN service is unknown, or cannot be read. */
async function localEndOf(inputs: Values, facts: CloudFacts): Promise<LocalEnd | undefined> {
  const service = await objectIn("VpnService", inputs, "vpnServiceId", facts);
  if (service === undefined) return undefined;
  const subnetId = stringIn(service, "subnet_id");
  const subnetIds =
    subnetId === undefined ? await endpointsIn(inputs, "localEpGroupId", facts) : [subnetId];
  const subnets = await Promise.all(subnetIds.map((one) => subnetOf(one, facts)));
  const addresses = ["external_v4_ip", "external_v6_ip"].map((name) => stringIn(service, name));
  return {
    displayName: displayNameOf("VpnService", service.id, service),
    id: service.id,
    addresses: addresses.filter((one) => one !== undefined),
    subnets: subnets.flat(),
  };
}

/** The endpoints of the group whose id a property contains. */
async function endpointsIn(values: Values, name: string, facts: CloudFacts): Promise<string[]> {
  const group = await objectIn("EndpointGroup", values, name, facts);
  return group === undefined ? [] : stringsIn(group, "endpoints");
}

async function subnetOf(id: string, facts: CloudFacts): Promise<LocalEnd["subnets"]> {
  const answer = await facts.subnet(id);
  const subnet = isUnanswered(answer) ? undefined : answer.value;
  const cidr = subnet && stringIn(subnet, "cidr");
  if (!cidr) return [];
  return [{ displayName: displayNameOf("subnet", id, subnet), cidr }];
}
