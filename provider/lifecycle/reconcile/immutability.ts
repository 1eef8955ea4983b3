import type { View } from "../core/context";
import { listDependents, dependentsOf } from "./dependents";
import type { Values } from "../../values";

/**
 * Why the cloud would refuse any change of an object as things are now: a policy is in use, or what
 * the kind itself knows ({@link Resource.locked}). Undefined where it would not.
 */
export async function immutableReason(
  context: View,
  id: string,
  values: Values,
): Promise<string | undefined> {
  const { definition, immutableReason: locked } = context.resource;
  if (locked !== undefined) return locked(context, id, values);
  if (!definition.fixedInUse) return undefined;
  const users = await dependentsOf(context, id);
  return users.length === 0 ? undefined : `it is in use by ${listDependents(users)}`;
}
