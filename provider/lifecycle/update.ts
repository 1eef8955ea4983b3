import { applyChange } from "./change";
import { type Context, deadlineOf } from "./context";
import type { Values } from "./definition";
import { changedFields } from "./diff";

/**
 * Brings an object from its state to new inputs: see {@link applyChange}. Where nothing differs
 * (an earlier wait failed, or only `waitFor` or `timeouts` changed) it sends nothing and waits on.
 * @returns the new outputs
 */
export async function update(
  context: Context,
  id: string,
  state: Values,
  inputs: Values,
): Promise<Record<string, unknown>> {
  const deadline = deadlineOf(context, "update", inputs);
  const { definition } = context.resource;
  const fields = changedFields(definition.fields, context.dialect, state, inputs);
  const isReaddressed = fields.some((field) => field.format === "host");
  return applyChange(
    context,
    { id, fields, inputs, deadline },
    isReaddressed ? inputs : { ...inputs, resolvedPeerAddress: state["resolvedPeerAddress"] },
  );
}
