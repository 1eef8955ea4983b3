import { allDefinitions } from "./definition";
import { labelOf, type View } from "./context";

/** The objects that refer to one, as messages call them. Empty where nothing does, or may be seen. */
export async function usersOf(context: View, id: string): Promise<string[]> {
  const { client, resource } = context;
  const users = new Set<string>();
  for (const definition of allDefinitions()) {
    for (const { refersTo, wire } of definition.fields) {
      if (refersTo !== resource.definition.kind) continue;
      const found = await client.list(definition, { [wire]: id });
      for (const one of found) users.add(labelOf(definition.kind, one.id, one));
    }
  }
  return [...users];
}

const MOST = 5;

/** For example `IpsecSiteConnection a (...), IpsecSiteConnection b (...) and 3 more`. */
export function listed(users: readonly string[]): string {
  const more = users.length > MOST ? ` and ${users.length - MOST} more` : "";
  return users.slice(0, MOST).join(", ") + more;
}
