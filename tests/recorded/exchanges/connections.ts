import type { Step } from "../play";
import { create, groupGround, grouped, legacy, legacyGround, remove, show, update } from "./build";
import { gone } from "./policies";

const kind = "ipsec_site_connection";

/** Connections in both forms: what is accepted, what comes back, and how the status goes on. */
export const connections: Step[] = [
  ...legacyGround,
  ...groupGround,
  create(kind, "the smallest with peer_cidrs", legacy(), { keep: "small" }),
  show(kind, "{small}", "pending at first"),
  show(kind, "{small}", "active after a while", { until: "{small} ACTIVE" }),
  create(
    kind,
    "every attribute",
    legacy({
      name: "full",
      description: "all of it",
      peer_cidrs: ["192.168.1.0/24", "192.168.2.0/24"],
      local_id: "site.example",
      mtu: 1400,
      initiator: "response-only",
      dpd: { action: "restart", interval: 10, timeout: 60 },
      admin_state_up: false,
      project_id: "{project}",
    }),
    { keep: "full" },
  ),
  show(kind, "{full}", "created switched off it is down", { until: "{full} DOWN" }),
  create(kind, "dpd: numbers as text", legacy({ dpd: { interval: "10", timeout: "20" } }), {
    keep: "text",
  }),
  show(kind, "{text}", "dpd: numbers as text, read back", { until: "{text} ACTIVE" }),
  ...(
    [
      ["dpd: only the action", { dpd: { action: "clear" } }],
      ["dpd: only the timeout", { dpd: { timeout: 240 } }],
      ["dpd: {}", { dpd: {} }],
      ["dpd: null", { dpd: null }],
      ["dpd: disabled", { dpd: { action: "disabled" } }],
      ["dpd: restart-by-peer", { dpd: { action: "restart-by-peer" } }],
      ["a peer_cidr with host bits", { peer_cidrs: ["192.168.1.5/24"] }],
      ["peer_cidrs as text", { peer_cidrs: "192.168.9.0/24" }],
      ["mtu 0", { mtu: 0 }],
      ["mtu 68", { mtu: 68 }],
      ["mtu and admin_state_up as text", { mtu: "1400", admin_state_up: "false" }],
      ["an empty psk", { psk: "" }],
      ["an empty peer_id", { peer_id: "" }],
      ["a host name that resolves", { peer_address: "localhost" }],
      ["an IPv6 peer_address", { peer_address: "2001:db8::7" }],
      ["groups that are null", { local_ep_group_id: null, peer_ep_group_id: null }],
    ] as [string, object][]
  ).map(([note, more]) => create(kind, note, legacy(more))),
  create(kind, "the smallest with groups", grouped(), { keep: "grouped" }),
  create(kind, "groups and peer_cidrs []", grouped({ peer_cidrs: [] })),
  create(kind, "groups and peer_cidrs null", grouped({ peer_cidrs: null })),
  show(kind, "{grouped}", "active as well", { until: "{grouped} ACTIVE" }),
  create(kind, "one that settles DOWN", legacy({ name: "a [settles DOWN]" }), { keep: "down" }),
  show(kind, "{down}", "it is down", { until: "{down} DOWN" }),
  create(kind, "one that settles ERROR", legacy({ description: "[settles ERROR]" }), {
    keep: "error",
  }),
  show(kind, "{error}", "it is in error", { until: "{error} ERROR" }),
  update(kind, "{error}", "PUT in that state", { name: "another try" }),
  create(kind, "one that stays pending", legacy({ name: "[stuck]" }), { keep: "stuck" }),
  remove(kind, "{stuck}", "delete while pending"),
  remove(kind, "{small}", "delete while active"),
  remove(kind, "{error}", "delete in error"),
  ...gone(kind, "{small}", "deleted"),
  ...gone(kind, "{absent}", "never there"),
  ...gone(kind, "no-uuid", "no uuid"),
];
