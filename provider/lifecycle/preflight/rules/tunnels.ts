import { displayNameOf } from "../../../model/labels";
import { canonicalAddress } from "../../../validation/net";
import type { Inputs, Values } from "../../../values";
import { isUnanswered, type CloudFacts } from "../facts";
import type { Declared, Finding, PreflightRule } from "../finding";
import {
  firstOverlap,
  localOverlap,
  networksOf,
  ownAddress,
  samePeer,
  sharedRouter,
  type LocalEnd,
  type Network,
  type PeerEnd,
} from "./collisions";
import { objectIn, stringIn, stringsIn } from "./known";
import { neighborhood, neighborsIn } from "./neighbors";

/** The VPN services on one router. */
const ON_ROUTER = neighborhood("VpnService", (values) => stringIn(values, "routerId"));

/** The connections of one VPN service to one peer. */
const TO_PEER = neighborhood("IpsecSiteConnection", (values) => {
  const [service, peer] = [stringIn(values, "vpnServiceId"), stringIn(values, "peerAddress")];
  return service && peer && `${service} ${canonicalAddress(peer)}`;
});

/** A router serves one VPN service. */
export const routerIsFree: PreflightRule = async (declared, facts) => {
  const [first] = await neighborsIn(ON_ROUTER, declared, facts);
  const routerId = String(declared.inputs["routerId"]);
  return first ? [sharedRouter(routerId, first.displayName, declared.dialect)] : [];
};

/** The peer and its networks are apart from those of other tunnels, and from the local end. */
export const tunnelsAreApart: PreflightRule = async (declared, facts) => {
  const { inputs } = declared;
  const networks = await peerNetworksOf(inputs, facts);
  const findings = await samePeers(declared, networks, facts);
  const local = await localEndOf(inputs, facts);
  if (local === undefined) return findings;
  const { networksFrom, peerAddress } = peerEndOf(inputs);
  return [
    ...findings,
    ...localOverlap({ networksFrom }, networks, local),
    ...ownAddress(peerAddress, local),
  ];
};

/** The first connection to the same peer with overlapping networks. */
async function samePeers(
  declared: Declared,
  networks: readonly Network[],
  facts: CloudFacts,
): Promise<Finding[]> {
  for (const { displayName, values } of await neighborsIn(TO_PEER, declared, facts)) {
    const overlap = firstOverlap(networks, await peerNetworksOf(values, facts));
    if (overlap !== undefined) return [samePeer(peerEndOf(declared.inputs), displayName, overlap)];
  }
  return [];
}

function peerEndOf(inputs: Inputs): PeerEnd {
  return {
    vpnServiceId: String(inputs["vpnServiceId"]),
    peerAddress: String(inputs["peerAddress"]),
    networksFrom: isGrouped(inputs) ? "peerEpGroupId" : "peerCidrs",
  };
}

function isGrouped(values: Values): boolean {
  return stringIn(values, "peerEpGroupId") !== undefined;
}

/** The networks of the peer of a connection, by the names of the properties. */
async function peerNetworksOf(values: Values, facts: CloudFacts): Promise<readonly Network[]> {
  if (!isGrouped(values)) return networksIn(values, "peerCidrs");
  const group = await objectIn("EndpointGroup", values, "peerEpGroupId", facts);
  return group === undefined ? [] : networksIn(group, "endpoints");
}

/** The networks of connections and groups: each is compared with many others. */
const parsed = new WeakMap<Values, readonly Network[]>();

function networksIn(values: Values, name: "peerCidrs" | "endpoints"): readonly Network[] {
  const networks = parsed.get(values) ?? networksOf(stringsIn(values, name));
  parsed.set(values, networks);
  return networks;
}

/** The local end of a connection; undefined if its VPN service is unknown, or cannot be read. */
async function localEndOf(inputs: Inputs, facts: CloudFacts): Promise<LocalEnd | undefined> {
  const service = await objectIn("VpnService", inputs, "vpnServiceId", facts);
  if (service === undefined) return undefined;
  const group = await objectIn("EndpointGroup", inputs, "localEpGroupId", facts);
  const own = { subnets: [service["subnet_id"]] };
  const subnetIds = [...stringsIn(own, "subnets"), ...stringsIn(group ?? {}, "endpoints")];
  const subnets = await Promise.all(subnetIds.map((one) => subnetOf(one, facts)));
  return {
    displayName: displayNameOf("VpnService", service.id, service),
    id: service.id,
    addresses: stringsIn({ all: [service["external_v4_ip"], service["external_v6_ip"]] }, "all"),
    subnets: subnets.flat(),
  };
}

async function subnetOf(id: string, facts: CloudFacts): Promise<LocalEnd["subnets"]> {
  const answer = await facts.subnet(id);
  const subnet = isUnanswered(answer) ? undefined : answer.value;
  if (subnet === undefined) return [];
  const displayName = displayNameOf("subnet", id, subnet);
  return networksOf([String(subnet["cidr"])]).map((one) => ({ ...one, displayName }));
}
