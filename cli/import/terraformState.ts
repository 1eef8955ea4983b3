import type { CloudTypeName } from "../../provider/schema/packageSchema";
import { isPlainObject } from "../../provider/schema/equality";
import type { ManagedObject, OtherState } from "./managedObject";

/** The resource types of terraform-provider-openstack. */
const KINDS: ReadonlyMap<unknown, CloudTypeName> = new Map([
  ["openstack_vpnaas_service_v2", "VpnService"],
  ["openstack_vpnaas_ike_policy_v2", "IkePolicy"],
  ["openstack_vpnaas_ipsec_policy_v2", "IpsecPolicy"],
  ["openstack_vpnaas_endpoint_group_v2", "EndpointGroup"],
  ["openstack_vpnaas_site_connection_v2", "IpsecSiteConnection"],
]);

/**
 * The VPN objects in the parsed output of `terraform state pull`. A resource in a module or with several
 * instances gets a name that contains the module and the key: `east-hub-0`. Data sources and objects that Terraform is about to
 * destroy are left out.
 * @returns Undefined if it is not a state of version 4, the format since Terraform 0.12
 */
export function terraformState(state: Readonly<Record<string, unknown>>): OtherState | undefined {
  const { version, resources } = state;
  if (version !== 4 || !Array.isArray(resources)) return undefined;
  const managed = resources.filter(isPlainObject).filter(({ mode }) => mode === "managed");
  const own = managed.filter(({ type }) => KINDS.has(type));
  return {
    objects: own.flatMap(objectsOf),
    others: managed.length - own.length,
    forget: (address) => ["terraform", "state", "rm", address],
  };
}

function objectsOf(resource: Readonly<Record<string, unknown>>): ManagedObject[] {
  const { type, instances } = resource;
  const name = String(resource["name"]);
  const module = typeof resource["module"] === "string" ? resource["module"] : "";
  const all: unknown[] = Array.isArray(instances) ? instances : [];
  return all.filter(isPlainObject).flatMap(({ attributes, index_key: key, deposed }) => {
    const id = isPlainObject(attributes) ? attributes["id"] : undefined;
    if (typeof id !== "string" || id === "" || deposed !== undefined) return [];
    const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
    const path = module === "" ? "" : `${module}.`;
    return {
      kind: KINDS.get(type)!,
      name: logicalName([...module.split("."), name, key]),
      id,
      address: `${path}${String(type)}.${name}${index}`,
    };
  });
}

/** A name that is readable in every language: that of `module.site["a"].hub` is `site-a-hub`. */
function logicalName(parts: readonly unknown[]): string {
  const words = parts.filter((part) => part !== undefined && part !== "" && part !== "module");
  return words
    .join("-")
    .replace(/[^\w-]+/g, "-")
    .replace(/-{2,}/g, "-")
    .replace(/-$/, "");
}
