import type { Step } from "../play";
import { create, legacy, legacyGround, list, remove, show, update } from "./build";
import { gone } from "./policies";

/** VPN services, and the other resources that will not go while one uses them. */
export const services: Step[] = [
  ...legacyGround,
  create("vpnservice", "the smallest", { router_id: "{router}" }, { keep: "small" }),
  create(
    "vpnservice",
    "every attribute",
    {
      name: "full",
      description: "all of it",
      router_id: "{router}",
      subnet_id: "{second-subnet}",
      admin_state_up: false,
    },
    { keep: "full" },
  ),
  show("vpnservice", "{small}", "alone it stays pending"),
  update("vpnservice", "{small}", "refused: PUT while pending", { name: "x" }),
  update("vpnservice", "{small}", "refused: PUT of router_id", { router_id: "{router}" }),
  update("vpnservice", "{small}", "refused: PUT of subnet_id", { subnet_id: "{subnet}" }),
  update("vpnservice", "{small}", "refused: PUT of status", { status: "ACTIVE" }),
  {
    note: "the router without a gateway",
    send: "GET /v2.0/routers?name=lab-fixture-router-closed&fields=id&fields=name",
    keep: "closed-router",
  },
  {
    note: "a subnet that is not on the router",
    send: "GET /v2.0/subnets?name=lab-fixture-sub-closed&fields=id&fields=name",
    keep: "closed-subnet",
  },
  create("vpnservice", "refused: a router without a gateway", { router_id: "{closed-router}" }),
  create("vpnservice", "refused: a subnet that is not on the router", {
    router_id: "{router}",
    subnet_id: "{closed-subnet}",
  }),
  create("vpnservice", "refused: an unknown router", { router_id: "{absent}" }),
  create("vpnservice", "refused: an unknown subnet", {
    router_id: "{router}",
    subnet_id: "{absent}",
  }),
  create("vpnservice", "refused: no router", { subnet_id: "{subnet}" }),
  create("vpnservice", "refused: a router that is no uuid", { router_id: "edge" }),
  create("vpnservice", "refused: a status", { router_id: "{router}", status: "ACTIVE" }),
  create("ipsec_site_connection", "a connection uses it", legacy(), { keep: "connection" }),
  show("vpnservice", "{service}", "it follows its connection", { until: "{connection} ACTIVE" }),
  update("vpnservice", "{service}", "PUT of the name", { name: "renamed", description: "more" }),
  update("vpnservice", "{service}", "switched off", { admin_state_up: false }),
  show("vpnservice", "{service}", "down with its connection", { until: "{connection} DOWN" }),
  update("vpnservice", "{service}", "switched on", { admin_state_up: true }),
  show("vpnservice", "{service}", "up with its connection", { until: "{connection} ACTIVE" }),
  update("vpnservice", "{service}", "PUT of nothing", {}),
  remove("vpnservice", "{service}", "refused: delete while in use"),
  remove("ipsec_site_connection", "{connection}", "the connection goes"),
  show("vpnservice", "{service}", "it keeps its last status"),
  list("vpnservice", "router_id={router}&fields=name&fields=status", "list by router"),
  list("vpnservice", "router_id={absent}", "list by an unknown router"),
  remove("vpnservice", "{service}", "delete"),
  remove("vpnservice", "{small}", "delete while pending"),
  ...gone("vpnservice", "{service}", "deleted"),
  ...gone("vpnservice", "no-uuid", "no uuid"),
];

const group = (note: string, type: string | undefined, endpoints: unknown, keep?: string): Step =>
  create("endpoint_group", note, { name: note, type, endpoints }, keep ? { keep } : {});

/** Endpoint groups. */
export const groups: Step[] = [
  group("subnets", "subnet", ["{subnet}", "{second-subnet}"], "subnets"),
  group("CIDRs", "cidr", ["192.168.1.0/24", "192.168.2.0/24"], "cidrs"),
  group("IPv6 CIDRs", "cidr", ["2001:db8:1::/48"]),
  group("a network", "network", ["{absent}"]),
  group("a vlan", "vlan", ["100"]),
  group("refused: no endpoints", "cidr", []),
  group("refused: endpoints missing", "cidr", undefined),
  group("refused: a bad CIDR", "cidr", ["10.0.0.0/99"]),
  group("refused: an address", "cidr", ["10.0.0.1"]),
  group("refused: the same CIDR twice", "cidr", ["10.0.0.0/24", "10.0.0.0/24"]),
  group("refused: a subnet that is no uuid", "subnet", ["first"]),
  group("refused: an unknown subnet", "subnet", ["{absent}"]),
  group("refused: an unknown type", "planet", ["earth"]),
  group("refused: type missing", undefined, ["10.0.0.0/24"]),
  group("endpoints as text", "cidr", "10.0.0.0/24"),
  update("endpoint_group", "{cidrs}", "PUT of the name", { name: "renamed", description: "more" }),
  update("endpoint_group", "{cidrs}", "refused: PUT of endpoints", { endpoints: ["10.0.0.0/8"] }),
  update("endpoint_group", "{cidrs}", "refused: PUT of type", { type: "cidr" }),
  show("endpoint_group", "{subnets}", "show"),
  list("endpoint_group", "fields=name&fields=type", "list"),
  list("endpoint_group", "name=renamed", "list by name"),
  list("endpoint_group", "type=cidr&fields=name", "the type is no filter"),
  list("endpoint_group", "sort_key=name&sort_dir=asc", "refused: sorted by name"),
  remove("endpoint_group", "{cidrs}", "delete"),
  ...gone("endpoint_group", "{cidrs}", "deleted"),
  ...gone("endpoint_group", "no-uuid", "no uuid"),
];
