import type { Values } from "./definition";
import type { View } from "./context";
import { listedUsers, usersOf } from "./users";

/**
 * Why the cloud would refuse any change of an object as things are now: a policy is in use, or what
 * the kind itself knows ({@link Resource.locked}). Undefined where it would not.
 */
export async function lockedBecause(
  context: View,
  id: string,
  state: Values,
): Promise<string | undefined> {
  const { definition, locked } = context.resource;
  if (locked !== undefined) return locked(context, id, state);
  if (!definition.fixedInUse) return undefined;
  const users = await usersOf(context, id);
  return users.length === 0 ? undefined : `it is in use by ${listedUsers(users)}`;
}
