import type { Step } from "../play";
import { create, groupGround, legacy, legacyGround, list, remove, show, update } from "./build";

const kind = "ipsec_site_connection";

/** What a reader, a member of another project and an admin see of a member's things. */
export const roles: Step[] = [
  ...legacyGround,
  ...groupGround,
  create(kind, "a member's connection", legacy({ name: "mine" }), { keep: "connection" }),
  show(kind, "{connection}", "the member sees it", { until: "{connection} ACTIVE" }),
  ...(["reader", "other"] as const).flatMap((as) => [
    list(kind, "", `${as}: list`, { as }),
    show(kind, "{connection}", `${as}: show`, { as }),
    update(kind, "{connection}", `${as}: PUT`, { name: "x" }, { as }),
    remove(kind, "{connection}", `${as}: delete`, { as }),
    create(kind, `${as}: create`, legacy(), { as }),
    list("vpnservice", "", `${as}: list of services`, { as }),
    show("vpnservice", "{service}", `${as}: show of a service`, { as }),
    remove("vpnservice", "{service}", `${as}: delete of a service`, { as }),
    list("ikepolicy", "", `${as}: list of IKE policies`, { as }),
    show("ikepolicy", "{ike}", `${as}: show of an IKE policy`, { as }),
    list("ipsecpolicy", "", `${as}: list of IPsec policies`, { as }),
    list("endpoint_group", "", `${as}: list of groups`, { as }),
    show("endpoint_group", "{peer-group}", `${as}: show of a group`, { as }),
  ]),
  create("ikepolicy", "reader: create of an IKE policy", {}, { as: "reader" }),
  create("ikepolicy", "other: create of an IKE policy", { name: "theirs" }, { as: "other" }),
  create(
    "vpnservice",
    "other: a service on a router of somebody else",
    { router_id: "{router}" },
    { as: "other" },
  ),
  list(kind, "fields=name&fields=project_id", "admin: list", { as: "admin" }),
  show(kind, "{connection}", "admin: show", { as: "admin" }),
  list("ikepolicy", "fields=name", "admin: list of IKE policies", { as: "admin" }),
  create(
    "ikepolicy",
    "admin: an IKE policy for another project",
    { name: "given", project_id: "{project}" },
    { as: "admin" },
  ),
  create("ikepolicy", "member: an IKE policy for the own project", {
    name: "own",
    tenant_id: "{project}",
  }),
  create("ikepolicy", "member: two projects that differ", {
    tenant_id: "{project}",
    project_id: "0123456789abcdef0123456789abcdef",
  }),
  list("ikepolicy", "fields=name", "member: list of IKE policies"),
];
