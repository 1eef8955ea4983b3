import { createHash } from "node:crypto";

import { isInput, type Field, type ResourceType } from "../schema/resourceType";
import { isUnknown } from "./unknowns";
import { canonical, isAbsent, sameValue } from "../schema/equality";
import type { Inputs } from "../values";

const LONGEST = 255;
const HASH_DIGITS = 7;

/** The form of a default name. */
const FORM = new RegExp(`.-[0-9a-f]{${HASH_DIGITS}}$`, "s");

/**
 * The name of an object that the program does not name: `<stack>-<resource>-<7 hex>`. The digits
 * come from the project, the stack, the resource's name and the {@link namingFields}, so that hardly
 * anything else has such a name, and a replacement by other inputs has another one.
 */
export function autoName(
  definition: ResourceType,
  place: { readonly project: string; readonly stack: string; readonly resource: string },
  inputs: Inputs,
): string {
  const { project, stack, resource } = place;
  const stem = `${stack}-${resource}`.slice(0, LONGEST - HASH_DIGITS - 1);
  return `${stem}-${hashSuffix(definition, [project, stack, stem], inputs)}`;
}

/** Whether a name is the default name of a resource of this project with these inputs. */
export function isAutoName(
  definition: ResourceType,
  project: string,
  name: string,
  inputs: Inputs,
): boolean {
  const stem = name.slice(0, -HASH_DIGITS - 1);
  // A stack's name may have hyphens of its own, so any part of the stem may be it.
  const stacks = stem.split("-").map((_part, i, parts) => parts.slice(0, i + 1).join("-"));
  return stacks.some(
    (stack) => name === `${stem}-${hashSuffix(definition, [project, stack, stem], inputs)}`,
  );
}

/**
 * Whether a name would change from one default name to another: the stack, the project or the resource
 * is called differently now. Which project the old name was made in cannot be known, so it is told by
 * its form.
 */
export function isRenamed(
  definition: ResourceType,
  project: string,
  before: unknown,
  inputs: Inputs,
): boolean {
  const { name } = inputs;
  if (typeof name !== "string" || !looksAutoNamed(before)) return false;
  return isAutoName(definition, project, name, inputs);
}

/** Whether a name has the form of a default name, of whatever project and stack. */
export function looksAutoNamed(name: unknown): boolean {
  return typeof name === "string" && FORM.test(name);
}

/**
 * Whether what was adopted keeps the name that it has: the program gives none, so that the inputs
 * hold the default name, or none that is known yet.
 */
export function keepsAdoptedName(
  definition: ResourceType,
  project: string,
  adopt: unknown,
  inputs: Inputs,
): boolean {
  const { name } = inputs;
  if (isAbsent(adopt) || typeof name !== "string") return false;
  return isUnknown(name) || isAutoName(definition, project, name, inputs);
}

/**
 * The inputs whose change means another object: those that the API takes at creation only and needs,
 * and every one of a kind that cannot be changed in use. An optional one of creation may be written
 * out or left out for the same object.
 */
export function namingFields(definition: ResourceType): Field[] {
  return definition.fields.filter((field) => {
    if (field.createOnly) return field.required;
    return definition.fixedInUse && !field.local && field.name !== "name" && isInput(field);
  });
}

function hashSuffix(definition: ResourceType, place: readonly string[], inputs: Inputs): string {
  const fixed = namingFields(definition)
    // A default says nothing, so that an input that comes later leaves older names as they are.
    .filter((field) => !sameValue(field, undefined, inputs[field.name]))
    .map((field) => [field.name, canonical(field, inputs[field.name])]);
  return createHash("sha256")
    .update(JSON.stringify([definition.kind, ...place, fixed]))
    .digest("hex")
    .slice(0, HASH_DIGITS);
}
