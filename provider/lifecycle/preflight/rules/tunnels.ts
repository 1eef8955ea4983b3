import { displayNameOf } from "../../../model/labels";
import type { Values, WireObject } from "../../../values";
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
import { neighborsWith, stringIn, stringsIn, type Neighbor } from "./neighbors";

/** A router serves one VPN service. */
export const routerIsFree: PreflightRule = async (declared, facts) => {
  const { subject, inputs, dialect } = declared;
  const routerId = stringIn(inputs, "routerId");
  const neighbors = await neighborsWith("routerId", declared, facts);
  const services = neighbors.map((one) => ({ ...one, routerId }));
  return sharedRouter({ displayName: subject, id: undefined, routerId }, services, dialect);
};

/** The peer and its networks are apart from those of other tunnels, and from the local end. */
export const tunnelsAreApart: PreflightRule = async (declared, facts) => {
  const { subject, inputs } = declared;
  const connection = await peerOf({ displayName: subject, id: undefined, values: inputs }, facts);
  const neighbors = await neighborsWith("vpnServiceId", declared, facts);
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
  const group = stringIn(values, "peerEpGroupId");
  return {
    displayName,
    id,
    vpnServiceId: stringIn(values, "vpnServiceId"),
    peerAddress: stringIn(values, "peerAddress"),
    networksFrom: group === undefined ? "peerCidrs" : "peerEpGroupId",
    networks:
      group === undefined ? stringsIn(values, "peerCidrs") : await endpointsOf(group, facts),
  };
}

/** The local end of a connection; undefined if its VPN service is unknown, or cannot be read. */
async function localEndOf(inputs: Values, facts: CloudFacts): Promise<LocalEnd | undefined> {
  const id = stringIn(inputs, "vpnServiceId");
  const service = id && (await objectOf("VpnService", id, facts));
  if (!service) return undefined;
  const subnetId = stringIn(service, "subnet_id");
  const group = stringIn(inputs, "localEpGroupId");
  const subnetIds =
    subnetId === undefined ? group && (await endpointsOf(group, facts)) : [subnetId];
  const subnets = await Promise.all((subnetIds || []).map((one) => subnetOf(one, facts)));
  const addresses = ["external_v4_ip", "external_v6_ip"].map((name) => stringIn(service, name));
  return {
    displayName: displayNameOf("VpnService", service.id, service),
    id: service.id,
    addresses: addresses.filter((one) => one !== undefined),
    subnets: subnets.flat(),
  };
}

async function endpointsOf(group: string, facts: CloudFacts): Promise<string[]> {
  const object = await objectOf("EndpointGroup", group, facts);
  return object === undefined ? [] : stringsIn(object, "endpoints");
}

async function objectOf(
  kind: "VpnService" | "EndpointGroup",
  id: string,
  facts: CloudFacts,
): Promise<WireObject | undefined> {
  const answer = await facts.object(kind, id);
  return isUnanswered(answer) ? undefined : answer.value;
}

async function subnetOf(id: string, facts: CloudFacts): Promise<LocalEnd["subnets"]> {
  const answer = await facts.subnet(id);
  const subnet = isUnanswered(answer) ? undefined : answer.value;
  const cidr = subnet && stringIn(subnet, "cidr");
  if (!cidr) return [];
  return [{ displayName: displayNameOf("subnet", id, subnet), cidr }];
}
