import { applyChange } from "../reconcile/applyChange";
import { type Context, timed } from "../core/context";
import { changedFields } from "./diff";
import type { Inputs, State } from "../../values";

/**
 * Brings an object from its state to new inputs: see {@link applyChange}. Where nothing differs
 * (an earlier wait failed, or only `waitFor` or `timeouts` changed) it sends nothing and waits on.
 * @returns the new outputs
 */
export async function update(
  context: Context,
  id: string,
  state: State,
  inputs: Inputs,
): Promise<Record<string, unknown>> {
  const { fields: all } = context.resource.definition;
  const { dialect, project, resource } = context;
  const room = { definition: resource.definition, dialect, project };
  const fields = changedFields(room, state, inputs);
  // An input that is not sent still stands for what it was resolved to before.
  const resolved = new Set(all.map(({ resolvedBy }) => resolvedBy));
  const kept = all.filter(({ name, once }) => once || resolved.has(name));
  const before = Object.fromEntries(kept.map(({ name }) => [name, state[name]]));
  const declared = { ...before, ...inputs };
  return applyChange(timed(context, "update", inputs), {
    id,
    fields,
    inputs,
    declared,
    state,
  });
}
