import { isSameResource } from "../../model/autoName";
import { displayNameOf, nameOf } from "../../model/labels";
import type { CloudResourceType } from "../../schema/resourceType";
import type { Inputs } from "../../values";
import type { OwnershipRegistry } from "./ownership";

/**
 * The sentences for a resource that fails after this run has deleted the object that it replaces: they name
 * that object and the way to create it again. Undefined if the run has deleted none. `isNameSecret` omits the
 * name.
 */
export function predecessorNotice(
  { deletedObjects }: Pick<OwnershipRegistry, "deletedObjects">,
  { kind }: Pick<CloudResourceType, "kind">,
  inputs: Inputs,
  isNameSecret: boolean,
): string | undefined {
  for (const [id, deleted] of deletedObjects) {
    if (deleted?.kind !== kind || deleted.state["cloud"] !== inputs["cloud"]) continue;
    if (!isSameResource(deleted.state["name"], nameOf(inputs))) continue;
    const label = displayNameOf(kind, id, isNameSecret ? {} : deleted.state);
    return (
      `${label} was deleted before, to be replaced by it, and no longer exists; the state records that. ` +
      `Correct the cause, then run \`pulumi up\` again: it creates the ${kind}.`
    );
  }
  return undefined;
}
