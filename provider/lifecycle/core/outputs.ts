import { toOutputs } from "../../model/wireMapping";
import type { Values } from "../../schema/resourceType";
import type { Context } from "./context";

/** {@link toOutputs}, with what this process knows of the place that the object lives at. */
export function outputsOf(
  context: Context,
  wire: Values,
  declared: Values,
): Record<string, unknown> {
  return {
    ...toOutputs(context.resource.definition, wire, declared),
    endpoint: context.client.endpoint,
  };
}
