import { allCloudResourceTypes } from "../../schema/resourceType";
import type { View } from "../core/context";
import { displayNameOf } from "../../model/labels";
import { statusOf } from "./observe";

/** An object that refers to another one. */
export interface Dependent {
  readonly id: string;
  /** Its display name. */
  readonly label: string;
  readonly status: string;
}

/** The objects that refer to one. Empty if there are none, or if this login may not see them. */
export async function dependentsOf(context: View, id: string): Promise<Dependent[]> {
  const { client, resource } = context;
  const dependents = new Map<string, Dependent>();
  for (const definition of allCloudResourceTypes()) {
    for (const { refersTo, wire } of definition.fields) {
      if (refersTo !== resource.definition.kind) continue;
      const found = await client.list(definition, { [wire]: id });
      for (const one of found) {
        const label = displayNameOf(definition.kind, one.id, one);
        dependents.set(one.id, { id: one.id, label, status: statusOf(one) });
      }
    }
  }
  return [...dependents.values()];
}

const MAX_LISTED = 5;

/** {@link listLabels} for dependents. */
export function listDependents(dependents: readonly Dependent[]): string {
  return listLabels(dependents.map(({ label }) => label));
}

/** For example `IpsecSiteConnection a (...), IpsecSiteConnection b (...) and 3 more`. */
export function listLabels(labels: readonly string[]): string {
  const more = labels.length > MAX_LISTED ? ` and ${labels.length - MAX_LISTED} more` : "";
  return labels.slice(0, MAX_LISTED).join(", ") + more;
}
