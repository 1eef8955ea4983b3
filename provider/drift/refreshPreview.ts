import { cloudResourceType } from "../schema/resourceType";
import { toOutputs } from "../model/wireMapping";
import type { HeldResource } from "./stackState";
import type { Inputs, State, Values, WireObject } from "../values";

/** What a refresh would make of a resource. */
export interface Refreshed {
  readonly state: State;
  /** What is declared; what could not be decrypted is taken for what is there. */
  readonly inputs: Inputs;
}

/** What a refresh would make of a resource that the cloud at `endpoint` shows as `live`. */
export function refreshed(
  { kind, inputs, outputs, unread }: HeldResource,
  live: WireObject,
  endpoint: string,
): Refreshed {
  // A refresh records the outputs of now.
  const recorded: Values = toOutputs(cloudResourceType(kind), live, outputs);
  const state: State = { ...recorded, endpoint };
  const unchanged = [...unread].map((name) => [name, state[name]]);
  return { state, inputs: { ...inputs, ...(Object.fromEntries(unchanged) as Values) } };
}
