import type { Field } from "./field";
import type { StatusSchema } from "./packageSchema";

/** How the status of objects changes. */
export interface StatusBehavior {
  /**
   * Whether an agent settles the status after every create and change. The status of a VPN service
   * stays, since the agent reports it with its first connection (neutron-vpnaas,
   * `_get_agent_hosting_vpn_services`).
   */
  readonly settles: boolean;
  /**
   * The field that switches an object off if it is false: a stock agent may never report the status
   * then.
   */
  readonly switch: Field | undefined;
  /** A list with one value of this field contains few objects besides the awaited ones. */
  readonly listedBy: Field | undefined;
}

/** The behavior that `x-status` describes; undefined if the keyword is missing. */
export function statusBehaviorOf(
  schema: StatusSchema | undefined,
  fields: readonly Field[],
): StatusBehavior | undefined {
  if (schema === undefined) return undefined;
  const fieldNamed = (name: string | undefined) => fields.find((field) => field.name === name);
  return {
    settles: schema.settles,
    switch: fieldNamed(schema.switch),
    listedBy: fieldNamed(schema.listedBy),
  };
}
