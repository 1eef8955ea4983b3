/** Short ways to write steps about the five collections. */
import type { Step } from "../play";

/** What a step may say beside note, request and body. */
export type Rest = Partial<Pick<Step, "as" | "keep" | "until">>;

/** Body key and path of each collection. */
export const collections = {
  ipsec_site_connection: "/v2.0/vpn/ipsec-site-connections",
  vpnservice: "/v2.0/vpn/vpnservices",
  ikepolicy: "/v2.0/vpn/ikepolicies",
  ipsecpolicy: "/v2.0/vpn/ipsecpolicies",
  endpoint_group: "/v2.0/vpn/endpoint-groups",
};
export type Kind = keyof typeof collections;

export const create = (kind: Kind, note: string, body: object, rest: Rest = {}): Step => ({
  note,
  send: `POST ${collections[kind]}`,
  body: { [kind]: body },
  ...rest,
});

export const update = (
  kind: Kind,
  id: string,
  note: string,
  body: object,
  rest: Rest = {},
): Step => ({ note, send: `PUT ${collections[kind]}/${id}`, body: { [kind]: body }, ...rest });

export const show = (kind: Kind, id: string, note: string, rest: Rest = {}): Step => ({
  note,
  send: `GET ${collections[kind]}/${id}`,
  ...rest,
});

export const list = (kind: Kind, query: string, note: string, rest: Rest = {}): Step => ({
  note,
  send: `GET ${collections[kind]}${query && `?${query}`}`,
  ...rest,
});

export const remove = (kind: Kind, id: string, note: string, rest: Rest = {}): Step => ({
  note,
  send: `DELETE ${collections[kind]}/${id}`,
  ...rest,
});

/** Smallest body of a connection in the form with peer_cidrs; undefined leaves a key out. */
export const legacy = (more: object = {}): object => ({
  vpnservice_id: "{service}",
  ikepolicy_id: "{ike}",
  ipsecpolicy_id: "{ipsec}",
  peer_address: "198.51.100.7",
  peer_id: "198.51.100.7",
  psk: "not-a-secret",
  peer_cidrs: ["192.168.1.0/24"],
  ...more,
});

/** The same in the form with endpoint groups. */
export const grouped = (more: object = {}): object =>
  legacy({
    vpnservice_id: "{group-service}",
    peer_cidrs: undefined,
    local_ep_group_id: "{local-group}",
    peer_ep_group_id: "{peer-group}",
    ...more,
  });

/** Two policies and a service with a subnet. */
export const legacyGround: Step[] = [
  create("ikepolicy", "ground: an IKE policy", { name: "ground" }, { keep: "ike" }),
  create("ipsecpolicy", "ground: an IPsec policy", { name: "ground" }, { keep: "ipsec" }),
  create(
    "vpnservice",
    "ground: a service with a subnet",
    { name: "ground", router_id: "{router}", subnet_id: "{subnet}" },
    { keep: "service" },
  ),
];

/** A service without a subnet and a group for either side, on top of {@link legacyGround}. */
export const groupGround: Step[] = [
  create(
    "vpnservice",
    "ground: a service without a subnet",
    { name: "groups", router_id: "{router}" },
    { keep: "group-service" },
  ),
  create(
    "endpoint_group",
    "ground: a group of subnets",
    { name: "local", type: "subnet", endpoints: ["{subnet}"] },
    { keep: "local-group" },
  ),
  create(
    "endpoint_group",
    "ground: a group of CIDRs",
    { name: "peer", type: "cidr", endpoints: ["192.168.1.0/24", "192.168.2.0/24"] },
    { keep: "peer-group" },
  ),
];
