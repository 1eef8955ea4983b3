import { isUnknown } from "../../../model/unknowns";
import { isAbsent } from "../../../schema/equality";
import { ipVersion } from "../../../validation/net";
import type { Inputs, Values } from "../../../values";
import { type CloudFacts, isUnanswered } from "../facts";
import { type Finding, openFinding, type PreflightRule } from "../finding";
import { objectIn, serviceOf, stringIn, stringsIn } from "./known";
import { attachment } from "./topology";

const GROUPS = [
  { path: "localEpGroupId", type: "subnet" },
  { path: "peerEpGroupId", type: "cidr" },
] as const;

/**
 * A service with a subnet requires peer networks, one without requires groups. A group at the local
 * end has the type subnet, one at the peer's the type cidr (neutron-vpnaas, vpn_validator.py).
 */
export const endpointsFitService: PreflightRule = async (declared, facts) => {
  const { inputs } = declared;
  const service = await serviceOf(declared, facts);
  const groups = await Promise.all(
    GROUPS.map(async ({ path, type }) => {
      const group = await objectIn("EndpointGroup", inputs, path, facts);
      const found = group?.["type"];
      if (group === undefined || found === type) return [];
      const { id } = group;
      const reason = `endpoint group ${id} has the type ${String(found)}, and this property requires the type ${type}.`;
      return [failure(`type of ${path} ${id}`, path, reason)];
    }),
  );
  if (service === undefined) return groups.flat();
  const { label } = service;
  const subnet = service.attributes["subnet_id"];
  if (isUnknown(subnet)) return groups.flat();
  if (isAbsent(subnet)) {
    if (!isKnown(inputs["peerCidrs"])) return groups.flat();
    const reason = `${label} has no subnet, so its connections require endpoint groups: remove peerCidrs, and set localEpGroupId and peerEpGroupId.`;
    return [...groups.flat(), failure(`no subnet ${label}`, "peerCidrs", reason)];
  }
  const path = GROUPS.map((one) => one.path).find((one) => isKnown(inputs[one]));
  if (path === undefined) return groups.flat();
  const reason = `${label} has a subnet, so its connections require peerCidrs, without endpoint groups.`;
  return [...groups.flat(), failure(`subnet beside groups ${label}`, path, reason)];
};

/** Both ends have one IP version, and IPv6 requires an MTU of 1280 (vpn_validator.py). */
export const oneIpVersion: PreflightRule = async (declared, facts) => {
  const { inputs } = declared;
  const service = await serviceOf(declared, facts);
  const local = await localSubnets(inputs, service?.attributes, facts);
  const findings: Finding[] = [...local.findings];
  const group = await objectIn("EndpointGroup", inputs, "peerEpGroupId", facts);
  const path = isKnown(inputs["peerEpGroupId"]) ? "peerEpGroupId" : "peerCidrs";
  const networks =
    group === undefined ? stringsIn(inputs, "peerCidrs") : stringsIn(group, "endpoints");
  const peer = networks.flatMap((one) => ipVersion(one) ?? []);
  if (local.versions.size > 1) {
    findings.push(
      failure(`versions ${local.path}`, local.path, "its subnets must be all IPv4 or all IPv6."),
    );
  } else if (local.versions.size === 1 && peer.some((one) => !local.versions.has(one))) {
    const [mine] = local.versions;
    const reason = `the networks of both ends must have the same IP version: the local subnet has IPv${String(mine)}.`;
    findings.push(failure(`version of ${path} for ${String(service?.label)}`, path, reason));
  }
  const { mtu } = inputs;
  if (local.versions.has(6) && typeof mtu === "number" && mtu < 1280) {
    findings.push(failure("mtu of IPv6", "mtu", "must be at least 1280 for IPv6."));
  }
  return findings;
};

/** The service has an external address of the version of the peer's (vpn_validator.py). */
export const peerIsReachable: PreflightRule = async ({ inputs }, facts) => {
  const { peerAddress } = inputs;
  if (typeof peerAddress !== "string" || isUnknown(peerAddress)) return [];
  const version = ipVersion(peerAddress);
  const service = await objectIn("VpnService", inputs, "vpnServiceId", facts);
  if (version === undefined || service === undefined) return [];
  const { external_v4_ip: v4, external_v6_ip: v6 } = service;
  const isVisible = !isAbsent(v4) || !isAbsent(v6);
  if (!isVisible || !isAbsent(version === 4 ? v4 : v6)) return [];
  const { id } = service;
  const reason = `is an IPv${version} address, but the router of VpnService ${id} has no external address of that version.`;
  return [failure(`no external IPv${version} ${id}`, "peerAddress", reason)];
};

/** The IP versions of the local subnets; groups also have to be on the router of the service. */
async function localSubnets(inputs: Inputs, service: Values | undefined, facts: CloudFacts) {
  const path = isKnown(inputs["localEpGroupId"]) ? "localEpGroupId" : "peerCidrs";
  const group = await objectIn("EndpointGroup", inputs, "localEpGroupId", facts);
  const isOfSubnets = group?.["type"] === "subnet";
  const ids = isOfSubnets
    ? stringsIn(group, "endpoints")
    : stringsIn({ own: [service?.["subnet_id"]] }, "own");
  const routerId = isOfSubnets && service ? stringIn(service, "router_id") : undefined;
  const versions = new Set<unknown>();
  const findings: Finding[] = [];
  for (const id of ids) {
    const subnet = await facts.subnet(id);
    if (isUnanswered(subnet)) findings.push(openFinding(path, subnet));
    else if (subnet.value !== undefined) versions.add(subnet.value["ip_version"]);
    if (routerId) findings.push(...(await attachment(path, id, routerId, facts)));
  }
  return { path, versions, findings };
}

function isKnown(value: unknown): boolean {
  return !isAbsent(value) && !isUnknown(value);
}

function failure(cause: string, path: string, reason: string): Finding {
  return { severity: "failure", cause, path, reason };
}
