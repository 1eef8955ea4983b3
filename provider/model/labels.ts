import { escapeControlCharacters } from "../controlCharacters";
import type { CloudResourceType } from "../schema/resourceType";
import type { Values } from "../values";

/** The context of a display name. */
interface Subject {
  readonly resource: { readonly definition: Pick<CloudResourceType, "kind"> };
  /** The names of the inputs that the program marks as secret. */
  readonly secretInputs?: ReadonlySet<string>;
}

/** The name in the inputs; empty if there is none. */
export function nameOf({ name }: Values): string {
  return typeof name === "string" ? name : "";
}

/**
 * The display name of an object in messages: only its id if the program marks the name as secret.
 */
export function displayName(
  { resource, secretInputs }: Subject,
  id: string,
  values: Values,
): string {
  return displayNameOf(resource.definition.kind, id, secretInputs?.has("name") ? {} : values);
}

/** The display name of an object of any type. */
export function displayNameOf(kind: string, id: string, values: Values): string {
  const name = nameOf(values);
  return escapeControlCharacters(name !== "" ? `${kind} ${name} (${id})` : `${kind} ${id}`);
}
