import { isSettled } from "../wait/statuses";
import type { CloudResourceType } from "../schema/resourceType";
import type { Inputs, State } from "../values";

/** Whether inputs request a wait after a change; types without the input `waitFor` never do. */
export function isAwaited(definition: CloudResourceType, inputs: Inputs): boolean {
  // A stock agent may never report a connection that is administratively down.
  return (
    hasWaitInput(definition) && inputs["waitFor"] !== "accepted" && inputs["adminStateUp"] !== false
  );
}

/** Whether an object with this state still needs a wait, or ended in ERROR. */
export function needsWait(definition: CloudResourceType, state: State, inputs: Inputs): boolean {
  const { status } = state;
  if (typeof status !== "string") return false;
  if (!hasWaitInput(definition)) return status === "ERROR";
  return isAwaited(definition, inputs) && (!isSettled(status) || status === "ERROR");
}

/**
 * Whether objects of a type settle after a request. A VPN service does not: the agent reports it
 * with its first connection (neutron-vpnaas, `_get_agent_hosting_vpn_services`).
 */
export function hasWaitInput(definition: CloudResourceType): boolean {
  return definition.fields.some(({ name }) => name === "waitFor");
}
