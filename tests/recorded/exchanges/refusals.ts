import type { Step } from "../play";
import {
  collections,
  create,
  groupGround,
  grouped,
  legacy,
  legacyGround,
  remove,
  update,
} from "./build";

const kind = "ipsec_site_connection";

const invalid: [string, object][] = [
  ["a bad CIDR", { peer_cidrs: ["10.0.0.0/99"] }],
  ["an address as CIDR", { peer_cidrs: ["10.0.0.1"] }],
  ["a word as CIDR", { peer_cidrs: ["home"] }],
  ["the same CIDR twice", { peer_cidrs: ["10.0.0.0/24", "10.0.0.0/24"] }],
  ["IPv4 and IPv6 CIDRs", { peer_cidrs: ["10.0.0.0/24", "2001:db8:1::/48"] }],
  ["IPv6 CIDRs for an IPv4 subnet", { peer_cidrs: ["2001:db8:1::/48"] }],
  ["no peer_cidrs", { peer_cidrs: undefined }],
  ["empty peer_cidrs", { peer_cidrs: [] }],
  ["null peer_cidrs", { peer_cidrs: null }],
  ["dpd: timeout equals interval", { dpd: { interval: 30, timeout: 30 } }],
  ["dpd: timeout below interval", { dpd: { interval: 120, timeout: 30 } }],
  ["dpd: interval above the default timeout", { dpd: { interval: 200 } }],
  ["dpd: an unknown action", { dpd: { action: "explode" } }],
  ["dpd: a negative interval", { dpd: { interval: -1 } }],
  ["dpd: a word as interval", { dpd: { interval: "ten" } }],
  ["dpd: an unknown key", { dpd: { color: "red" } }],
  ["dpd: a word", { dpd: "hold" }],
  ["mtu 1", { mtu: 1 }],
  ["mtu 67", { mtu: 67 }],
  ["mtu -1", { mtu: -1 }],
  ["mtu in words", { mtu: "big" }],
  ["mtu null", { mtu: null }],
  ["a peer_address that does not resolve", { peer_address: "vpn.example.invalid" }],
  ["an empty peer_address", { peer_address: "" }],
  ["an unknown initiator", { initiator: "sometimes" }],
  ["admin_state_up in words", { admin_state_up: "perhaps" }],
  ["admin_state_up null", { admin_state_up: null }],
  ...["psk", "peer_address", "peer_id", "vpnservice_id", "ikepolicy_id", "ipsecpolicy_id"].map(
    (key): [string, object] => [`${key} missing`, { [key]: undefined }],
  ),
  ...["psk", "peer_id", "local_id", "name", "description"].map((key): [string, object] => [
    `${key} null`,
    { [key]: null },
  ]),
  ["a psk that is no text", { psk: 1234 }],
  ["a given status", { status: "ACTIVE" }],
  ["a given auth_mode", { auth_mode: "psk" }],
  ["a given route_mode", { route_mode: "static" }],
  ["a given id", { id: "{absent}" }],
  ["an unknown attribute", { availability_zone: "az1" }],
  ["another project", { project_id: "{other-project}" }],
  ["an unknown IKE policy", { ikepolicy_id: "{absent}" }],
  ["an unknown IPsec policy", { ipsecpolicy_id: "{absent}" }],
  ["an unknown service", { vpnservice_id: "{absent}" }],
  ["an IKE policy that is no uuid", { ikepolicy_id: "main" }],
  ["a service that is no uuid", { vpnservice_id: "main" }],
  ["an IPsec policy with ah-esp", { ipsecpolicy_id: "{ah-esp}" }],
  [
    "groups beside peer_cidrs on a service with a subnet",
    { local_ep_group_id: "{local-group}", peer_ep_group_id: "{peer-group}" },
  ],
];

const invalidGroups: [string, object][] = [
  ["groups on a service with a subnet", { vpnservice_id: "{service}" }],
  ["peer_cidrs beside groups", { peer_cidrs: ["192.168.1.0/24"] }],
  [
    "peer_cidrs instead of groups",
    {
      peer_cidrs: ["192.168.1.0/24"],
      local_ep_group_id: undefined,
      peer_ep_group_id: undefined,
    },
  ],
  ["no peer group", { peer_ep_group_id: undefined }],
  ["no local group", { local_ep_group_id: undefined }],
  ["neither", { local_ep_group_id: undefined, peer_ep_group_id: undefined }],
  ["swapped", { local_ep_group_id: "{peer-group}", peer_ep_group_id: "{local-group}" }],
  ["an unknown group", { peer_ep_group_id: "{absent}" }],
  ["a group that is no uuid", { peer_ep_group_id: "peer" }],
  ["IPv6 peers of an IPv4 subnet", { peer_ep_group_id: "{v6-group}" }],
  ["IPv4 and IPv6 peers", { peer_ep_group_id: "{mixed-group}" }],
];

const raw = (note: string, body: string): Step => ({
  note: `refused: ${note}`,
  send: `POST ${collections[kind]}`,
  body,
});

/** POSTs of a connection that are refused. */
export const invalidConnections: Step[] = [
  ...legacyGround,
  ...groupGround,
  { note: "the other project", as: "other", send: "GET /v3/auth/projects", keep: "other-project" },
  create(
    "ipsecpolicy",
    "a policy that no connection can use",
    { name: "ah-esp", transform_protocol: "ah-esp" },
    { keep: "ah-esp" },
  ),
  create(
    "endpoint_group",
    "a group of IPv6 CIDRs",
    { name: "v6", type: "cidr", endpoints: ["2001:db8:1::/48"] },
    { keep: "v6-group" },
  ),
  create(
    "endpoint_group",
    "a group of both",
    { name: "mixed", type: "cidr", endpoints: ["2001:db8:1::/48", "192.168.1.0/24"] },
    { keep: "mixed-group" },
  ),
  ...invalid.map(([note, more]) => create(kind, `refused: ${note}`, legacy(more))),
  ...invalidGroups.map(([note, more]) => create(kind, `refused: groups: ${note}`, grouped(more))),
  raw("broken JSON", "{broken"),
  raw("no body", ""),
  raw("a list", "[]"),
  raw("the wrong wrapper", '{"connection": {}}'),
  raw("several at once", '{"ipsec_site_connections": [{}, {}]}'),
  { note: "none of them was made", send: `GET ${collections[kind]}` },
];

/** What will not go, or change, as long as a connection uses it. */
export const inUse: Step[] = [
  ...legacyGround,
  ...groupGround,
  create(kind, "a connection", legacy(), { keep: "connection" }),
  create(kind, "a connection with groups", grouped(), { keep: "grouped" }),
  remove("ikepolicy", "{ike}", "refused: delete of the IKE policy"),
  update("ikepolicy", "{ike}", "refused: PUT of the IKE policy's name", { name: "x" }),
  update("ikepolicy", "{ike}", "refused: PUT of nothing on the IKE policy", {}),
  update("ikepolicy", "{ike}", "refused: a bad PUT of the IKE policy", { pfs: "group1" }),
  remove("ipsecpolicy", "{ipsec}", "refused: delete of the IPsec policy"),
  update("ipsecpolicy", "{ipsec}", "refused: PUT of the IPsec policy's name", { name: "x" }),
  remove("vpnservice", "{service}", "refused: delete of the service"),
  remove("endpoint_group", "{local-group}", "refused: delete of the local group"),
  remove("endpoint_group", "{peer-group}", "refused: delete of the peer group"),
  update("endpoint_group", "{peer-group}", "PUT of a group's name", { name: "renamed" }),
  remove(kind, "{connection}", "delete of the connection", { until: "{connection} ACTIVE" }),
  remove("ikepolicy", "{ike}", "refused: the other connection still uses the IKE policy"),
  remove(kind, "{grouped}", "delete of the connection with groups", { until: "{grouped} ACTIVE" }),
  update("ikepolicy", "{ike}", "PUT of the unused IKE policy", { name: "free" }),
  ...(
    [
      ["ikepolicy", "{ike}"],
      ["ipsecpolicy", "{ipsec}"],
      ["vpnservice", "{service}"],
      ["vpnservice", "{group-service}"],
      ["endpoint_group", "{local-group}"],
      ["endpoint_group", "{peer-group}"],
    ] as const
  ).map(([what, id]) => remove(what, id, `delete of ${id}`)),
];
