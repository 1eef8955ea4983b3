import type { Store } from "./store";
import { addNetwork, addRouter, addSubnet, attachSubnet, uuidOf } from "./topology";
import type { Simulator } from "./types";

const external = [
  { name: "lab-fixture-ext-v4", cidr: "203.0.113.0/24" },
  { name: "lab-fixture-ext-v6", cidr: "2001:db8:ffff::/64" },
];

/** A gateway with an address of each IP version. */
const gatewayOf = (networkId: string, host: number) => ({
  networkId,
  addresses: [
    { subnet_id: uuidOf("lab-fixture-ext-v4"), ip_address: `203.0.113.${host}` },
    { subnet_id: uuidOf("lab-fixture-ext-v6"), ip_address: `2001:db8:ffff::${host}` },
  ],
});

/** Adds a network with one subnet that is attached to the router; returns the id of the subnet. */
function addLan(
  store: Store,
  { suffix, cidr, projectId }: { suffix: string; cidr: string; projectId: string },
  routerId: string,
): string {
  const network = addNetwork(store, `lab-fixture-net${suffix}`, projectId);
  const subnet = addSubnet(store, network, { name: `lab-fixture-sub${suffix}`, cidr });
  attachSubnet(store, subnet, routerId);
  return subnet;
}

/**
 * Creates the networks that a VPN needs in an empty cloud: a router with an external gateway (IPv4 and
 * IPv6) and two subnets, and another router with a subnet of each IP version. For error cases it also
 * creates a router with one subnet and without a gateway, and a router with a subnet in the project
 * `otherProjectId`. The external network belongs to `adminProjectId`.
 */
export function addFixture(
  store: Store,
  projectId: string,
  others: { adminProjectId: string; otherProjectId: string },
): Omit<Simulator["fixture"], "projectId"> {
  const outside = addNetwork(store, "lab-fixture-ext", others.adminProjectId, true);
  external.forEach((subnet) => addSubnet(store, outside, subnet));
  const named = (suffix: string) => ({ name: `lab-fixture-router${suffix}`, projectId });
  const lan = (suffix: string, cidr: string, routerId: string) =>
    addLan(store, { suffix, cidr, projectId }, routerId);

  const routerId = addRouter(store, named(""), gatewayOf(outside, 10));
  const subnetId = lan("1", "10.10.0.0/24", routerId);
  const secondSubnetId = lan("2", "10.20.0.0/24", routerId);
  const secondRouterId = addRouter(store, named("-second"), gatewayOf(outside, 11));
  const thirdSubnetId = lan("-second", "10.40.0.0/24", secondRouterId);
  const ipv6SubnetId = lan("-v6", "2001:db8:40::/64", secondRouterId);
  const closedRouterId = addRouter(store, named("-closed"));
  const closedSubnetId = lan("-closed", "10.30.0.0/24", closedRouterId);

  const owner = { projectId: others.otherProjectId };
  const foreignRouterId = addRouter(
    store,
    { name: "lab-fixture-router-foreign", ...owner },
    gatewayOf(outside, 12),
  );
  const foreignLan = { suffix: "-foreign", cidr: "10.50.0.0/24", ...owner };
  const foreignSubnetId = addLan(store, foreignLan, foreignRouterId);

  return {
    routerId,
    subnetId,
    secondSubnetId,
    secondRouterId,
    thirdSubnetId,
    ipv6SubnetId,
    closedRouterId,
    closedSubnetId,
    foreignRouterId,
    foreignSubnetId,
  };
}
