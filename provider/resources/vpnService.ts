import { cloudResourceType } from "../schema/resourceType";
import type { View } from "../lifecycle/core/context";
import { observe, statusOf } from "../lifecycle/reconcile/observe";
import { dependentsOf } from "../lifecycle/reconcile/dependents";
import type { ResourceBehavior } from "../lifecycle/core/resource";
import { isPending } from "../wait/statuses";
import type { Values } from "../values";

/**
 * The agent requests only services that have a connection (neutron-vpnaas, inner join in
 * `_get_agent_hosting_vpn_services`), so one without stays PENDING_CREATE, and Neutron refuses
 * every PUT of it.
 */
async function immutableReason(
  context: View,
  id: string,
  values: Values,
): Promise<string | undefined> {
  const status = statusOf(await observe(context, id, values));
  if (!isPending(status) || (await dependentsOf(context, id)).length > 0) return undefined;
  return (
    `it has no connection yet, and a VPN service stays ${status} until its first one, since the VPN agent does not request it before. ` +
    "Nothing depends on it"
  );
}

/** A VPN service, with the rules that schema.json cannot express. */
export const vpnService: ResourceBehavior = {
  definition: cloudResourceType("VpnService"),
  rules: [],
  immutableReason,
  interruptedService: (id) => id,
};
