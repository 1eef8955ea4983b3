import { nameOf } from "../model/labels";
import { statusOf } from "../lifecycle/reconcile/observe";
import type { ReportedResource, Tunnel } from "./report";
import type { HeldResource } from "./stackState";
import type { ObservedProject } from "./observation";

/**
 * Every connection of a project with both of its ends; `reported` are the compared resources,
 * `held` all resources of the stacks, in any project.
 */
export function tunnelsAt(
  { cloudProject, objects }: ObservedProject,
  reported: readonly ReportedResource[],
  held: readonly HeldResource[],
): Tunnel[] {
  const managed = new Map(reported.map((one) => [one.id, one]));
  const known = new Set(held.map(({ id }) => id));
  const secrets = new Set(
    held.flatMap(({ id, secret }) => [...secret].map((property) => `${id} ${property}`)),
  );
  const isSecret = (id: string, property: string) => secrets.has(`${id} ${property}`);
  const found = (kind: "VpnService" | "EndpointGroup", id: unknown) =>
    objects.get(kind)?.find((one) => one.id === id);

  /** The members of a group, unless the state keeps them secret. */
  const endpointsOf = (id: unknown): string[] => {
    const group = found("EndpointGroup", id);
    return group === undefined || isSecret(group.id, "endpoints") ? [] : texts(group["endpoints"]);
  };

  return (objects.get("IpsecSiteConnection") ?? []).map((live) => {
    const { id } = live;
    const own = managed.get(id);
    const service = found("VpnService", live["vpnservice_id"]);
    const peer = isSecret(id, "peerAddress") ? undefined : live["peer_address"];
    const cidrs = isSecret(id, "peerCidrs") ? [] : texts(live["peer_cidrs"]);
    const ofService = (property: string, value: unknown) =>
      service === undefined || isSecret(service.id, property) ? undefined : value;
    const subnet = ofService("subnetId", service?.["subnet_id"]);
    return {
      id,
      name: own?.name ?? (isSecret(id, "name") ? "" : nameOf(live)),
      status: statusOf(live),
      adminStateUp: [live, service].every((one) => one?.["admin_state_up"] !== false),
      verdict: own?.verdict ?? (known.has(id) ? "notCompared" : "unmanaged"),
      endpoint: cloudProject.endpoint,
      serviceId: String(live["vpnservice_id"]),
      ...textOf("serviceName", ofService("name", service && nameOf(service))),
      ...textOf(
        "localAddress",
        ofService("externalV4Ip", service?.["external_v4_ip"]) ??
          ofService("externalV6Ip", service?.["external_v6_ip"]),
      ),
      localSubnets: typeof subnet === "string" ? [subnet] : endpointsOf(live["local_ep_group_id"]),
      ...textOf("peerAddress", peer),
      peerCidrs: cidrs.length > 0 ? cidrs : endpointsOf(live["peer_ep_group_id"]),
    };
  });
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function textOf<Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> {
  return typeof value === "string" ? ({ [name]: value } as Record<Name, string>) : {};
}
