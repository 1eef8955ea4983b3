import { createHash } from "node:crypto";
import type { Router } from "./rows";
import type { Store } from "./store";

/** An id derived from a name, the same in every run, in Keystone's form (32 hexadecimal digits). */
export const idOf = (name: string): string =>
  createHash("sha256").update(name).digest("hex").slice(0, 32);

/** The same in Neutron's form, a UUID. */
export const uuidOf = (name: string): string =>
  idOf(name).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");

const CREATED_AT = "2026-01-01T00:00:00Z";

const owned = (id: string, name: string, projectId: string) => ({
  id: uuidOf(id),
  tenant_id: projectId,
  name,
  description: "",
  tags: [],
  created_at: CREATED_AT,
  updated_at: CREATED_AT,
  revision_number: 1,
});

/** Adds a network and returns its id. */
export function addNetwork(
  store: Store,
  name: string,
  projectId: string,
  isExternal = false,
): string {
  const network = {
    ...owned(name, name, projectId),
    admin_state_up: true,
    availability_zone_hints: [],
    availability_zones: [],
    ipv4_address_scope: null,
    ipv6_address_scope: null,
    mtu: 1500,
    qinq: false,
    status: "ACTIVE",
    shared: false,
    subnets: [] as string[],
    vlan_transparent: false,
    "router:external": isExternal,
    ...(isExternal ? { is_default: false } : {}),
  };
  store.put("network", network);
  return network.id;
}

/** The addresses that Neutron gives out in a /24 of IPv4 or a /64 of IPv6 with three groups. */
function addressesOf(cidr: string): { gateway: string; start: string; end: string } {
  const [network = ""] = cidr.split("/");
  if (network.includes(":")) {
    const end = network.replace("::", ":0:ffff:ffff:ffff:ffff");
    return { gateway: network, start: `${network}1`, end };
  }
  const prefix = network.replace(/\d+$/, "");
  return { gateway: `${prefix}1`, start: `${prefix}2`, end: `${prefix}254` };
}

/** Adds a subnet of a network and returns its id. `cidr` is a /24 of IPv4 or a /64 of IPv6. */
export function addSubnet(
  store: Store,
  networkId: string,
  { name, cidr }: { name: string; cidr: string },
): string {
  const network = store.get("network", networkId);
  const { gateway, ...pool } = addressesOf(cidr);
  const subnet = {
    ...owned(name, name, network?.tenant_id ?? ""),
    revision_number: 0,
    network_id: networkId,
    ip_version: cidr.includes(":") ? 6 : 4,
    ipv6_address_mode: null,
    ipv6_ra_mode: null,
    cidr,
    gateway_ip: gateway,
    allocation_pools: [pool],
    enable_dhcp: network?.["router:external"] !== true,
    dns_nameservers: [],
    host_routes: [],
    service_types: [],
    subnetpool_id: null,
    "router:external": network?.["router:external"],
  };
  store.put("subnet", subnet);
  (network?.["subnets"] as string[]).push(subnet.id);
  return subnet.id;
}

function addPort(
  store: Store,
  router: Router,
  port: {
    owner: "network:router_interface" | "network:router_gateway";
    projectId: string;
    networkId: string;
    addresses: { subnet_id: string; ip_address: string }[];
  },
): void {
  const { owner, projectId, networkId, addresses } = port;
  const id = `port ${router.id} ${addresses.map((each) => each.ip_address).join()}`;
  store.put("port", {
    ...owned(id, "", projectId),
    admin_state_up: true,
    allowed_address_pairs: [],
    "binding:vnic_type": "normal",
    device_id: router.id,
    device_owner: owner,
    extra_dhcp_opts: [],
    fixed_ips: addresses,
    mac_address: `fa:16:3e:${idOf(id)
      .slice(0, 6)
      .replace(/..(?!$)/g, "$&:")}`,
    network_id: networkId,
    security_groups: [],
    status: "DOWN",
  });
}

/** Adds a router and returns its id. Without `gateway` it has no external network. */
export function addRouter(
  store: Store,
  { name, projectId }: { name: string; projectId: string },
  gateway?: { networkId: string; addresses: { subnet_id: string; ip_address: string }[] },
): string {
  const router = {
    ...owned(name, name, projectId),
    admin_state_up: true,
    availability_zone_hints: [],
    availability_zones: [],
    status: "ACTIVE",
    external_gateway_info: gateway
      ? {
          network_id: gateway.networkId,
          external_fixed_ips: gateway.addresses,
          enable_snat: true,
        }
      : null,
    routes: [],
    flavor_id: null,
  };
  store.put("router", router);
  if (gateway) {
    // No project owns it, so only an admin sees it. Source: neutron/db/l3_db.py.
    const rest = { networkId: gateway.networkId, addresses: gateway.addresses };
    addPort(store, router, { owner: "network:router_gateway", projectId: "", ...rest });
  }
  return router.id;
}

/** Attaches a subnet to a router by a port with the subnet's gateway address. */
export function attachSubnet(store: Store, subnetId: string, routerId: string): void {
  const subnet = store.get("subnet", subnetId);
  const router = store.get("router", routerId);
  if (subnet && router) {
    const address = { subnet_id: subnetId, ip_address: String(subnet["gateway_ip"]) };
    const rest = { networkId: subnet.network_id, addresses: [address] };
    addPort(store, router, {
      owner: "network:router_interface",
      projectId: router.tenant_id,
      ...rest,
    });
  }
}
