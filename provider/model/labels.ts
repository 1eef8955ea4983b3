import { escapeControlCharacters } from "../controlCharacters";
import type { CloudResourceType } from "../schema/resourceType";
import type { Values } from "../values";

/** What a display name depends on besides the object. */
interface Subject {
  readonly resource: { readonly definition: Pick<CloudResourceType, "kind"> };
  /** Names of the inputs that the program marks as secret. */
  readonly secretInputs?: ReadonlySet<string>;
}

/** The name that inputs give; empty where they give none. */
export function nameOf({ name }: Values): string {
  return typeof name === "string" ? name : "";
}

/** How an object is called in messages: by its id alone where the program marks the name as secret. */
export function displayName(
  { resource, secretInputs }: Subject,
  id: string,
  values: Values,
): string {
  return displayNameOf(resource.definition.kind, id, secretInputs?.has("name") ? {} : values);
}

/** The same of an object of another kind. */
export function displayNameOf(kind: string, id: string, values: Values): string {
  const name = nameOf(values);
  return escapeControlCharacters(name !== "" ? `${kind} ${name} (${id})` : `${kind} ${id}`);
}
