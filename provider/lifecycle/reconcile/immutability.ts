import type { View } from "../core/context";
import { listDependents, dependentsOf } from "./dependents";
import type { Values } from "../../values";

/**
 * Why the cloud would refuse any change of an object at present: a policy is in use, or a reason of
 * the type itself ({@link ResourceBehavior.immutableReason}). Undefined if the object can be
 * changed.
 */
export async function immutableReason(
  context: View,
  id: string,
  values: Values,
): Promise<string | undefined> {
  const { definition, immutableReason: ownReason } = context.resource;
  if (ownReason !== undefined) return ownReason(context, id, values);
  if (!definition.fixedInUse) return undefined;
  const dependents = await dependentsOf(context, id);
  return dependents.length === 0 ? undefined : `it is in use by ${listDependents(dependents)}`;
}
