import { cloudResourceType, type Values } from "../schema/resourceType";
import { toOutputs } from "../model/wireMapping";
import type { WireObject } from "../neutron/client";
import type { HeldResource } from "./stackState";

/** What a refresh would make of a resource. */
export interface Refreshed {
  readonly state: Values;
  /** What is declared; what could not be decrypted is taken for what is there. */
  readonly inputs: Values;
}

/** What a refresh would make of a resource that the cloud at `endpoint` shows as `live`. */
export function refreshed(
  { kind, inputs, outputs, unread }: HeldResource,
  live: WireObject,
  endpoint: string,
): Refreshed {
  const state: Values = { ...toOutputs(cloudResourceType(kind), live, outputs), endpoint };
  const unchanged = [...unread].map((name) => [name, state[name]]);
  return { state, inputs: { ...inputs, ...(Object.fromEntries(unchanged) as Values) } };
}
