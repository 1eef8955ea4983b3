import { cloudResourceType } from "../schema/resourceType";
import { toOutputs } from "../model/wireMapping";
import type { HeldResource } from "./stackState";
import type { Inputs, State, Values, WireObject } from "../values";

/** The effect of a refresh on a resource. */
export interface Refreshed {
  readonly state: State;
  /** The declared inputs; inputs that could not be decrypted have the values of the cloud. */
  readonly inputs: Inputs;
}

/** The effect of a refresh on a resource that the cloud at `endpoint` shows as `live`. */
export function refreshed(
  { kind, inputs, outputs, unread }: HeldResource,
  live: WireObject,
  endpoint: string,
): Refreshed {
  // A refresh records the current outputs.
  const recorded: Values = toOutputs(cloudResourceType(kind), live, outputs);
  const state: State = { ...recorded, endpoint };
  const unchanged = [...unread].map((name) => [name, state[name]]);
  return { state, inputs: { ...inputs, ...(Object.fromEntries(unchanged) as Values) } };
}
