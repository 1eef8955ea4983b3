import type { Step } from "../play";
import { create, groupGround, grouped, legacy, legacyGround, show, update } from "./build";

const kind = "ipsec_site_connection";
const put = (id: string, body: object, note = ""): Step =>
  update(kind, id, `${note}PUT ${JSON.stringify(body)}`, body);

const updatable: object[] = [
  { name: "renamed" },
  { description: "another" },
  { local_id: "site.example" },
  { local_id: "" },
  { peer_address: "198.51.100.9" },
  { peer_address: "localhost" },
  { peer_id: "peer.example" },
  { peer_cidrs: ["192.168.3.0/24"] },
  { peer_cidrs: ["192.168.4.0/24", "192.168.5.0/24"] },
  { mtu: 1400 },
  { mtu: 0 },
  { initiator: "response-only" },
  { psk: "another-secret" },
  { dpd: { interval: 25 } },
  { dpd: { timeout: 26, action: "restart" } },
  { dpd: {} },
  { dpd: null },
  { admin_state_up: true },
  { name: "two at once", mtu: 1300 },
  {},
];

const fixed: object[] = [
  { ikepolicy_id: "{ike}" },
  { ipsecpolicy_id: "{ipsec}" },
  { vpnservice_id: "{service}" },
  { auth_mode: "psk" },
  { route_mode: "static" },
  { status: "ACTIVE" },
  { id: "{connection}" },
  { project_id: "{project}" },
  { tenant_id: "{project}" },
  { availability_zone: "az1" },
];

const invalid: object[] = [
  { mtu: 67 },
  { mtu: -1 },
  { mtu: "big" },
  { dpd: { interval: 500 } },
  { dpd: { action: "explode" } },
  { dpd: { interval: -1 } },
  { dpd: { color: "red" } },
  { peer_cidrs: ["10.0.0.0/99"] },
  { peer_cidrs: ["10.0.0.0/24", "10.0.0.0/24"] },
  { peer_cidrs: ["10.0.0.0/24", "2001:db8:1::/48"] },
  { peer_cidrs: ["2001:db8:1::/48"] },
  { peer_cidrs: [] },
  { peer_cidrs: null },
  { initiator: "sometimes" },
  { peer_address: "vpn.example.invalid" },
  { peer_address: "" },
  { psk: null },
  { name: null },
  { admin_state_up: "perhaps" },
  { local_ep_group_id: "{local-group}", peer_ep_group_id: "{peer-group}" },
  { local_ep_group_id: "{absent}" },
];

/** PUTs of a connection: accepted, refused, and while it is pending. */
export const updates: Step[] = [
  ...legacyGround,
  ...groupGround,
  create(kind, "a connection", legacy({ name: "first" }), { keep: "connection" }),
  show(kind, "{connection}", "before any PUT", { until: "{connection} ACTIVE" }),
  ...updatable.map((body) => put("{connection}", body)),
  show(kind, "{connection}", "after all of them"),
  ...fixed.map((body) => put("{connection}", body, "refused: ")),
  ...invalid.map((body) => put("{connection}", body, "refused: ")),
  { ...put("{connection}", {}), note: "refused: PUT of broken JSON", body: "{broken" },
  {
    ...put("{connection}", {}),
    note: "refused: PUT in the wrong wrapper",
    body: { connection: { name: "x" } },
  },
  show(kind, "{connection}", "a refused PUT changes nothing"),

  put("{connection}", { admin_state_up: false }),
  show(kind, "{connection}", "down after a while", { until: "{connection} DOWN" }),
  put("{connection}", { admin_state_up: true }),
  show(kind, "{connection}", "active again", { until: "{connection} ACTIVE" }),

  create(kind, "one that a PUT makes pending", legacy({ name: "[pending-update] [pending 1s]" }), {
    keep: "slow",
  }),
  show(kind, "{slow}", "not so far", { until: "{slow} ACTIVE" }),
  put("{slow}", { description: "once" }),
  put("{slow}", { description: "too early" }, "refused while pending: "),
  show(kind, "{slow}", "active at last", { until: "{slow} ACTIVE" }),
  create(kind, "one that stays pending", legacy({ name: "[stuck]" }), { keep: "stuck" }),
  put("{stuck}", { name: "x" }, "refused while pending: "),
  put("{stuck}", {}, "refused while pending: "),
  put("{stuck}", { mtu: 10 }, "refused while pending for its mtu: "),
  put("{stuck}", { status: "ACTIVE" }, "refused while pending for its key: "),
  show(kind, "{stuck}", "still pending"),

  create(kind, "a connection with groups", grouped({ name: "groups" }), { keep: "grouped" }),
  create(
    "endpoint_group",
    "another group of CIDRs",
    { name: "peer2", type: "cidr", endpoints: ["192.168.7.0/24"] },
    { keep: "peer-group-2" },
  ),
  create(
    "endpoint_group",
    "another group of subnets",
    { name: "local2", type: "subnet", endpoints: ["{second-subnet}"] },
    { keep: "local-group-2" },
  ),
  show(kind, "{grouped}", "the connection with groups", { until: "{grouped} ACTIVE" }),
  put("{grouped}", { peer_ep_group_id: "{peer-group-2}" }),
  put("{grouped}", { local_ep_group_id: "{local-group-2}" }),
  put("{grouped}", { local_ep_group_id: "{local-group}", peer_ep_group_id: "{peer-group}" }),
  put("{grouped}", { peer_cidrs: [] }),
  put("{grouped}", { peer_cidrs: ["192.168.1.0/24"] }, "refused: "),
  put("{grouped}", { peer_ep_group_id: null }, "refused: "),
  put("{grouped}", { peer_ep_group_id: "{local-group}" }, "refused: "),
  put("{grouped}", { peer_ep_group_id: "{absent}" }, "refused: "),
  show(kind, "{grouped}", "the connection with groups in the end"),
];
