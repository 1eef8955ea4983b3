import { nameOf } from "../model/labels";
import { settles } from "../model/waitPolicy";
import { allCloudResourceTypes } from "../schema/resourceType";
import { statusOf } from "../lifecycle/reconcile/observe";
import type { ReportedResource, Tunnel } from "./report";
import type { HeldResource } from "./stackState";
import type { ObservedProject } from "./observation";
import type { WireObject } from "../values";

/** The types of tunnels: an agent brings them up and reports their status. */
export const TUNNEL_TYPES = allCloudResourceTypes().filter(settles);

/** The types to which the attributes of tunnels refer, by the name of the attribute. */
const REFERENCES = new Map(
  TUNNEL_TYPES.flatMap(({ fields }) => fields.map(({ wire, refersTo }) => [wire, refersTo])),
);

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
  /** The object to which an attribute of a tunnel refers, if its collection was read. */
  const referred = (live: WireObject, attribute: string) => {
    const kind = REFERENCES.get(attribute);
    return kind && objects.get(kind)?.find(({ id }) => id === live[attribute]);
  };

  /** The members of a group, unless the state keeps them secret. */
  const endpointsOf = (group: WireObject | undefined): string[] => {
    return group === undefined || isSecret(group.id, "endpoints") ? [] : texts(group["endpoints"]);
  };

  const tunnels = TUNNEL_TYPES.flatMap(({ kind }) => objects.get(kind) ?? []);
  return tunnels.map((live) => {
    const { id } = live;
    const own = managed.get(id);
    const service = referred(live, "vpnservice_id");
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
      localSubnets:
        typeof subnet === "string" ? [subnet] : endpointsOf(referred(live, "local_ep_group_id")),
      ...textOf("peerAddress", peer),
      peerCidrs: cidrs.length > 0 ? cidrs : endpointsOf(referred(live, "peer_ep_group_id")),
    };
  });
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

function textOf<Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> {
  return typeof value === "string" ? ({ [name]: value } as Record<Name, string>) : {};
}
