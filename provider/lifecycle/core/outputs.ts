import { toOutputs } from "../../model/wireMapping";
import type { Context } from "./context";
import type { Inputs, Outputs, State, WireObject } from "../../values";

/** {@link toOutputs}, with the endpoint at which this process found the object. */
export function outputsOf(context: Context, wire: WireObject, declared: Inputs | State): Outputs {
  return {
    ...toOutputs(context.resource.definition, wire, declared),
    endpoint: context.client.endpoint,
  };
}
