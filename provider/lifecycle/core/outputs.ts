import { toOutputs } from "../../model/wireMapping";
import type { Context } from "./context";
import type { Inputs, Outputs, State, WireObject } from "../../values";

/** {@link toOutputs}, with what this process knows of the place that the object lives at. */
export function outputsOf(context: Context, wire: WireObject, declared: Inputs | State): Outputs {
  return {
    ...toOutputs(context.resource.definition, wire, declared),
    endpoint: context.client.endpoint,
  };
}
