import type { Context } from "../core/context";
import { displayName, nameOf } from "../../model/labels";
import { isAutoName } from "../../model/autoName";
import type { Inputs, State } from "../../values";

/**
 * Why an object is replaced once more, although the cloud would accept a change of it: its
 * replacement already exists, under the auto-name of those inputs.
 *
 * A policy is replaced because it is in use. A run that replaces it moves its dependents to the new
 * one; if that run is killed and its state lost, only the orphaned replacement shows what happened.
 */
export async function orphanedReplacementReason(
  context: Context,
  id: string,
  state: State,
  inputs: Inputs,
): Promise<string | undefined> {
  const { client, ownership, project, resource, signal } = context;
  const { definition } = resource;
  const name = nameOf(inputs);
  if (!definition.fixedInUse || name === nameOf(state)) return undefined;
  if (!isAutoName(definition, project, name, inputs)) return undefined;
  const find = async () => {
    const sameName = await client.list(definition, { name });
    return sameName.find((one) => one.id !== id && !ownership.isHeld(one.id));
  };
  const replacement = await ownership.inTurn(definition, inputs, find, signal);
  if (replacement === undefined) return undefined;
  return `${displayName(context, replacement.id, replacement)} was created in its place by an earlier run that could not record it`;
}
