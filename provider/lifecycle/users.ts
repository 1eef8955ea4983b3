import { allDefinitions } from "./definition";
import { labelOf, type View } from "./context";
import { statusOf } from "./settle";

/** An object that refers to another one. */
export interface User {
  readonly id: string;
  /** How messages call it. */
  readonly label: string;
  readonly status: string;
}

/** The objects that refer to one. Empty if there are none, or if this login may not see them. */
export async function usersOf(context: View, id: string): Promise<User[]> {
  const { client, resource } = context;
  const users = new Map<string, User>();
  for (const definition of allDefinitions()) {
    for (const { refersTo, wire } of definition.fields) {
      if (refersTo !== resource.definition.kind) continue;
      const found = await client.list(definition, { [wire]: id });
      for (const one of found) {
        const label = labelOf(definition.kind, one.id, one);
        users.set(one.id, { id: one.id, label, status: statusOf(one) });
      }
    }
  }
  return [...users.values()];
}

const MOST = 5;

/** {@link listed} for users. */
export function listedUsers(users: readonly User[]): string {
  return listed(users.map(({ label }) => label));
}

/** For example `IpsecSiteConnection a (...), IpsecSiteConnection b (...) and 3 more`. */
export function listed(users: readonly string[]): string {
  const more = users.length > MOST ? ` and ${users.length - MOST} more` : "";
  return users.slice(0, MOST).join(", ") + more;
}
