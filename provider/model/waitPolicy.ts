import { isSetUp } from "../wait/statuses";
import type { CloudResourceType } from "../schema/resourceType";
import type { Inputs, State, WireObject } from "../values";

/** Whether inputs request a wait after a change; types whose status does not settle never do. */
export function isAwaited(definition: CloudResourceType, inputs: Inputs): boolean {
  if (!settles(definition) || inputs["waitFor"] === "accepted") return false;
  const field = definition.status?.switch;
  return field === undefined || inputs[field.name] !== false;
}

/** Whether an object with this state still needs a wait, or ended in ERROR. */
export function needsWait(definition: CloudResourceType, state: State, inputs: Inputs): boolean {
  const { status } = state;
  if (typeof status !== "string") return false;
  if (!settles(definition)) return status === "ERROR";
  return isAwaited(definition, inputs) && !isSetUp(status);
}

/** Whether objects of a type settle after a request: see {@link StatusBehavior.settles}. */
export function settles({ status }: CloudResourceType): boolean {
  return status?.settles === true;
}

/** Whether an object is administratively down, so that its status is meaningless. */
export function isSwitchedOff({ status }: CloudResourceType, live: WireObject): boolean {
  const field = status?.switch;
  return field !== undefined && live[field.wire] === false;
}
