import { ApiFault } from "../faultBodies";
import type { Connection, EndpointGroup, Service } from "../rows";
import { cidrVersion } from "../values";
import type { Context } from "./ruleSet";
import { refuseForeignSubnet, routerOf } from "./services";

const named = (ends: string[]): string => `${ends.length > 1 ? "s" : ""} ${ends.join(" and ")}`;

/** Requires CIDRs if the service has a subnet, and endpoint groups if it has none. */
export function checkForm(connection: Connection, service: Service): void {
  const groups = { local: connection.local_ep_group_id, peer: connection.peer_ep_group_id };
  const ends = Object.entries(groups);
  const given = ends.filter(([, id]) => id).map(([end]) => end);
  const absent = ends.filter(([, id]) => !id).map(([end]) => end);
  if (service.subnet_id) {
    if (connection.peer_cidrs.length === 0) {
      throw new ApiFault(
        400,
        "MissingPeerCidrs",
        "Missing peer CIDRs for IPsec site-to-site connection",
      );
    }
    if (given.length > 0) {
      throw new ApiFault(
        400,
        "InvalidEndpointGroup",
        `Endpoint group${named(given)} cannot be specified, when VPN Service has subnet specified`,
      );
    }
    return;
  }
  if (connection.peer_cidrs.length > 0) {
    throw new ApiFault(
      400,
      "PeerCidrsInvalid",
      "Peer CIDRs cannot be specified, when using endpoint groups",
    );
  }
  if (absent.length > 0) {
    throw new ApiFault(
      400,
      "MissingRequiredEndpointGroup",
      `Missing endpoint group${named(absent)} for IPSec site-to-site connection`,
    );
  }
}

function refuseOtherType(group: EndpointGroup, type: string): void {
  if (group.type !== type) {
    throw new ApiFault(
      400,
      "WrongEndpointGroupType",
      `Endpoint group ${group.id} type is '${group.type}' and should be '${type}'`,
    );
  }
}

const sameVersion =
  "do not have the same IP version, as required for IPSec site-to-site connection";

const mixedGroup = (group: EndpointGroup): ApiFault =>
  new ApiFault(
    400,
    "MixedIPVersionsForIPSecEndpoints",
    `Endpoints in group ${group.id} ${sameVersion}`,
  );

function onlyVersion(versions: (4 | 6 | null)[], mixed: ApiFault): 4 | 6 {
  const [first] = versions;
  if (versions.some((version) => version !== first)) {
    throw mixed;
  }
  return first ?? 4;
}

function localVersion(connection: Connection, service: Service, context: Context): 4 | 6 {
  const { store, caller } = context;
  const router = routerOf(service, store);
  const group = store.find("endpoint_group", connection.local_ep_group_id ?? "", caller);
  refuseOtherType(group, "subnet");
  for (const subnetId of group.endpoints) {
    refuseForeignSubnet(subnetId, router, store);
  }
  return onlyVersion(
    group.endpoints.map((id) => cidrVersion(store.get("subnet", id)?.cidr)),
    mixedGroup(group),
  );
}

function peerVersion(connection: Connection, { store, caller }: Context): 4 | 6 {
  if (connection.peer_cidrs.length > 0) {
    return onlyVersion(
      connection.peer_cidrs.map(cidrVersion),
      new ApiFault(400, "MixedIPVersionsForPeerCidrs", `Peer CIDRs ${sameVersion}`),
    );
  }
  const group = store.find("endpoint_group", connection.peer_ep_group_id ?? "", caller);
  refuseOtherType(group, "cidr");
  return onlyVersion(group.endpoints.map(cidrVersion), mixedGroup(group));
}

/** The IP version of both ends, or the error for ends of different versions. */
export function versionOfEnds(connection: Connection, service: Service, context: Context): 4 | 6 {
  const subnet = service.subnet_id ? context.store.get("subnet", service.subnet_id) : undefined;
  const local = subnet
    ? (cidrVersion(subnet.cidr) ?? 4)
    : localVersion(connection, service, context);
  if (peerVersion(connection, context) !== local) {
    throw new ApiFault(
      400,
      "MixedIPVersionsForIPSecConnection",
      "IP versions are not compatible between peer and local endpoints",
    );
  }
  return local;
}
