import { applyChange } from "../reconcile/applyChange";
import { type Context, timed } from "../core/context";
import { changedFields } from "./diff";
import type { Inputs, State } from "../../values";

/**
 * Brings an object from its state to new inputs: see {@link applyChange}. If nothing differs (an
 * earlier wait failed, or only `waitFor` or `timeouts` changed), sends nothing and only waits.
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
  const environment = { definition: resource.definition, dialect, project };
  const fields = changedFields(environment, state, inputs);
  // Inputs that are not sent keep their recorded resolution (such as the address of a host name).
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
