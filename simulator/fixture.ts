import { createHash } from "node:crypto";
import type { Store } from "./store";
import type { Simulator } from "./types";

/** An id derived from a name, the same in every run, in Keystone's form (32 hexadecimal digits). */
export const idOf = (name: string): string =>
  createHash("sha256").update(name).digest("hex").slice(0, 32);

/** The same in Neutron's form, a UUID. */
export const uuidOf = (name: string): string =>
  idOf(name).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");

const routed = [
  { name: "lab-fixture-sub1", cidr: "10.10.0.0/24" },
  { name: "lab-fixture-sub2", cidr: "10.20.0.0/24" },
];
const external = [
  { name: "lab-fixture-ext-v4", cidr: "203.0.113.0/24", address: "203.0.113.10" },
  { name: "lab-fixture-ext-v6", cidr: "2001:db8:ffff::/64", address: "2001:db8:ffff::10" },
];

const owned = (name: string, projectId: string) => ({
  id: uuidOf(name),
  tenant_id: projectId,
  name,
  description: "",
});

function addNetwork(store: Store, name: string, projectId: string, isExternal: boolean): string {
  const network = {
    ...owned(name, projectId),
    admin_state_up: true,
    mtu: 1500,
    status: "ACTIVE",
    shared: false,
    subnets: [] as string[],
    "router:external": isExternal,
  };
  store.put("network", network);
  return network.id;
}

function addSubnet(
  store: Store,
  projectId: string,
  networkId: string,
  { name, cidr }: { name: string; cidr: string },
): string {
  const subnet = {
    ...owned(name, projectId),
    network_id: networkId,
    ip_version: cidr.includes(":") ? 6 : 4,
    cidr,
    gateway_ip: cidr.replace(/[^.:]*\/\d+$/, "1"),
    enable_dhcp: true,
    dns_nameservers: [],
    host_routes: [],
  };
  store.put("subnet", subnet);
  (store.get("network", networkId)?.["subnets"] as string[]).push(subnet.id);
  return subnet.id;
}

function addRouter(
  store: Store,
  name: string,
  projectId: string,
  rest: { gatewayNetworkId: string | null; interfaces: string[] },
): string {
  const { gatewayNetworkId, interfaces } = rest;
  const router = {
    ...owned(name, projectId),
    admin_state_up: true,
    status: "ACTIVE",
    external_gateway_info: gatewayNetworkId
      ? {
          network_id: gatewayNetworkId,
          external_fixed_ips: external.map((each) => ({
            subnet_id: uuidOf(each.name),
            ip_address: each.address,
          })),
          enable_snat: true,
        }
      : null,
    routes: [],
    distributed: false,
    ha: false,
    flavor_id: null,
    interfaces,
  };
  store.put("router", router);
  return router.id;
}

/**
 * Creates the networks that a VPN needs in an empty cloud: a router with an external gateway (IPv4 and
 * IPv6) and two subnets, and another router with one subnet. For error cases it also creates a router
 * with one subnet and without a gateway. The external network belongs to another project,
 * `adminProjectId`.
 */
export function addFixture(
  store: Store,
  projectId: string,
  adminProjectId: string,
): Omit<Simulator["fixture"], "projectId"> {
  const outside = addNetwork(store, "lab-fixture-ext", adminProjectId, true);
  external.forEach((subnet) => addSubnet(store, adminProjectId, outside, subnet));
  const [subnetId = "", secondSubnetId = ""] = routed.map((subnet, index) => {
    const network = addNetwork(store, `lab-fixture-net${index + 1}`, projectId, false);
    return addSubnet(store, projectId, network, subnet);
  });
  const routerId = addRouter(store, "lab-fixture-router", projectId, {
    gatewayNetworkId: outside,
    interfaces: [subnetId, secondSubnetId],
  });
  const behind = addNetwork(store, "lab-fixture-net-second", projectId, false);
  const third = { name: "lab-fixture-sub-second", cidr: "10.40.0.0/24" };
  const thirdSubnetId = addSubnet(store, projectId, behind, third);
  const secondRouterId = addRouter(store, "lab-fixture-router-second", projectId, {
    gatewayNetworkId: outside,
    interfaces: [thirdSubnetId],
  });
  const inside = addNetwork(store, "lab-fixture-net-closed", projectId, false);
  const closed = { name: "lab-fixture-sub-closed", cidr: "10.30.0.0/24" };
  addRouter(store, "lab-fixture-router-closed", projectId, {
    gatewayNetworkId: null,
    interfaces: [addSubnet(store, projectId, inside, closed)],
  });
  return { routerId, subnetId, secondSubnetId, secondRouterId, thirdSubnetId };
}
