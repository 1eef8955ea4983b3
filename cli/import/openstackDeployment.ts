import type { CloudTypeName } from "../../provider/schema/packageSchema";
import { isPlainObject } from "../../provider/schema/equality";
import type { OtherState } from "./managedObject";

/** The resource types of @pulumi/openstack. */
const KINDS: ReadonlyMap<unknown, CloudTypeName> = new Map([
  ["openstack:vpnaas/service:Service", "VpnService"],
  ["openstack:vpnaas/ikePolicy:IkePolicy", "IkePolicy"],
  ["openstack:vpnaas/ipSecPolicy:IpSecPolicy", "IpsecPolicy"],
  ["openstack:vpnaas/endpointGroup:EndpointGroup", "EndpointGroup"],
  ["openstack:vpnaas/siteConnection:SiteConnection", "IpsecSiteConnection"],
]);

/**
 * The VPN objects in the parsed output of `pulumi stack export` of a stack that uses @pulumi/openstack. Results of `get`, and
 * objects that the engine is about to delete, are left out.
 * @returns Undefined if it is not a deployment of version 3 or 4
 */
export function openstackDeployment(
  exported: Readonly<Record<string, unknown>>,
): OtherState | undefined {
  const { version, deployment } = exported;
  if ((version !== 3 && version !== 4) || !isPlainObject(deployment)) return undefined;
  const { resources = [] } = deployment;
  if (!Array.isArray(resources)) return undefined;
  const custom = resources
    .filter(isPlainObject)
    .filter(({ custom, type }) => custom === true && !/^pulumi:providers:/.test(String(type)));
  const own = custom.filter(({ type }) => KINDS.has(type));
  return {
    objects: own.flatMap(({ type, urn, id, external, delete: isDoomed }) => {
      if (typeof id !== "string" || typeof urn !== "string") return [];
      if (id === "" || external === true || isDoomed === true) return [];
      const name = urn.split("::").slice(3).join("::");
      return { kind: KINDS.get(type)!, name, id, address: urn };
    }),
    others: custom.length - own.length,
    forget: (urn) => ["pulumi", "state", "delete", urn, "--yes"],
  };
}
