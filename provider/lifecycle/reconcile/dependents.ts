import { allCloudResourceTypes } from "../../schema/resourceType";
import type { View } from "../core/context";
import { displayNameOf } from "../../model/labels";
import { statusOf } from "./awaitStatus";

/** An object that refers to another one. */
export interface Dependent {
  readonly id: string;
  /** How messages call it. */
  readonly label: string;
  readonly status: string;
}

/** The objects that refer to one. Empty if there are none, or if this login may not see them. */
export async function dependentsOf(context: View, id: string): Promise<Dependent[]> {
  const { client, resource } = context;
  const users = new Map<string, Dependent>();
  for (const definition of allCloudResourceTypes()) {
    for (const { refersTo, wire } of definition.fields) {
      if (refersTo !== resource.definition.kind) continue;
      const found = await client.list(definition, { [wire]: id });
      for (const one of found) {
        const label = displayNameOf(definition.kind, one.id, one);
        users.set(one.id, { id: one.id, label, status: statusOf(one) });
      }
    }
  }
  return [...users.values()];
}

const MOST = 5;

/** {@link listLabels} for users. */
export function listDependents(users: readonly Dependent[]): string {
  return listLabels(users.map(({ label }) => label));
}

/** For example `IpsecSiteConnection a (...), IpsecSiteConnection b (...) and 3 more`. */
export function listLabels(users: readonly string[]): string {
  const more = users.length > MOST ? ` and ${users.length - MOST} more` : "";
  return users.slice(0, MOST).join(", ") + more;
}
