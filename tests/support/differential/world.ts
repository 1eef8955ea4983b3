import { makeParents, type Api } from "../harness/api";

/** Values of one cloud that bodies can refer to, by their words in {@link fill}. */
export type World = Readonly<Record<string, string>>;

/** Creates the objects of a {@link World} in a project that contains the fixture alone. */
export async function makeWorld(
  cloud: Api,
  fixture: {
    readonly projectId: string;
    readonly routerId: string;
    readonly subnetId: string;
    readonly secondSubnetId: string;
  },
): Promise<World> {
  const { projectId: project, routerId: router, subnetId: subnet, secondSubnetId } = fixture;
  const { vpnServiceId, ikePolicyId, ipsecPolicyId } = await makeParents(cloud, fixture);
  const make = async (path: string, key: string, body: object) =>
    (await cloud.post(`/vpn/${path}`, { [key]: body })).id;
  const group = (type: string, ...endpoints: string[]) =>
    make("endpoint-groups", "endpoint_group", { name: type, type, endpoints });
  return {
    project,
    router,
    subnet,
    subnet2: secondSubnetId,
    service: vpnServiceId,
    serviceOfGroups: await make("vpnservices", "vpnservice", { router_id: router }),
    ike: ikePolicyId,
    ipsec: ipsecPolicyId,
    doubled: await make("ipsecpolicies", "ipsecpolicy", { transform_protocol: "ah-esp" }),
    locals: await group("subnet", subnet),
    peers: await group("cidr", "10.5.0.0/24"),
    peers2: await group("cidr", "10.6.0.0/24", "10.7.0.0/24"),
    peers6: await group("cidr", "2001:db8:5::/64"),
    vlans: await group("vlan", "100"),
    ...(await makeIpv6(cloud, router)),
  };
}

/** An IPv6 subnet with its dependents; empty if the cloud cannot create subnets. */
async function makeIpv6(cloud: Api, router: string): Promise<World> {
  const { status, body } = await cloud.send("POST", "/networks", { network: { name: "of IPv6" } });
  if (status !== 201) return {};
  const { network } = body as { network: { id: string } };
  const subnet6 = await cloud.post("/subnets", {
    subnet: { network_id: network.id, ip_version: 6, cidr: "2001:db8:10::/64" },
  });
  const attachment = { subnet_id: subnet6.id };
  await cloud.send("PUT", `/routers/${router}/add_router_interface`, attachment);
  const service6 = await cloud.post("/vpn/vpnservices", {
    vpnservice: { router_id: router, subnet_id: subnet6.id },
  });
  const locals6 = await cloud.post("/vpn/endpoint-groups", {
    endpoint_group: { type: "subnet", endpoints: [subnet6.id] },
  });
  return { subnet6: subnet6.id, service6: service6.id, locals6: locals6.id };
}

/**
 * A value with the cloud's own ids in place of words: `{router}` is one, `{router:upper}` in upper
 * case, `{router:bare}` without hyphens. Unknown words stay unchanged.
 */
export function fill<T>(value: T, world: World): T {
  if (typeof value === "string") {
    const [, word = "", how] = /^\{(\w+)(?::(\w+))?\}$/.exec(value) ?? [];
    const id = Object.hasOwn(world, word) ? world[word] : undefined;
    return (id === undefined ? value : written(id, how)) as T;
  }
  if (Array.isArray(value)) return value.map((one: unknown) => fill(one, world)) as T;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([name, one]) => [name, fill<unknown>(one, world)]);
  return Object.fromEntries(members) as T;
}

function written(id: string, how: string | undefined): string {
  if (how === "upper") return id.toUpperCase();
  return how === "bare" ? id.replaceAll("-", "") : id;
}
