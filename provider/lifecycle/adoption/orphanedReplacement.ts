import type { Context } from "../core/context";
import { displayName, nameOf } from "../../model/labels";
import { isAutoName } from "../../model/autoName";
import type { Inputs, State } from "../../values";

/**
 * Why an object is replaced once more, although the cloud would take a change of it: what is to take its
 * place is there already, under the name that is its own with those inputs.
 *
 * A policy is replaced because it is in use. A run that replaces it takes its users away, and where that
 * run is killed and its state lost, nothing but the successor tells of it.
 */
export async function orphanedReplacementReason(
  context: Context,
  id: string,
  state: State,
  inputs: Inputs,
): Promise<string | undefined> {
  const { client, ownership, project, resource } = context;
  const { definition } = resource;
  const name = nameOf(inputs);
  if (!definition.fixedInUse || name === nameOf(state)) return undefined;
  if (!isAutoName(definition, project, name, inputs)) return undefined;
  const successor = await ownership.inTurn(definition, inputs, async () => {
    const namesakes = await client.list(definition, { name });
    return namesakes.find((one) => one.id !== id && !ownership.isHeld(one.id));
  });
  if (successor === undefined) return undefined;
  return `${displayName(context, successor.id, successor)} was made in its place by an earlier run that could not record it`;
}
