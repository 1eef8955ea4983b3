import { createHash } from "node:crypto";

import { isInput, type Field, type ResourceType } from "../schema/resourceType";
import { isUnknown } from "./unknowns";
import { canonical, isAbsent, sameValue } from "../schema/equality";
import type { Inputs } from "../values";

const LONGEST = 255;
const HASH_DIGITS = 7;

/** The form of an auto-name. */
const AUTO_NAME = new RegExp(`.-[0-9a-f]{${HASH_DIGITS}}$`, "s");

/**
 * The auto-name of an object: `<stack>-<resource>-<7 hex>`. The hash suffix covers the project, the
 * stack, the resource's name and the {@link namingFields}, so that another object hardly ever has
 * the same name, and a replacement with other inputs has a different one.
 */
export function autoName(
  definition: ResourceType,
  scope: { readonly project: string; readonly stack: string; readonly resource: string },
  inputs: Inputs,
): string {
  const { project, stack, resource } = scope;
  const stem = `${stack}-${resource}`.slice(0, LONGEST - HASH_DIGITS - 1);
  return `${stem}-${hashSuffix(definition, [project, stack, stem], inputs)}`;
}

/** Whether a name is the auto-name of a resource of this project with these inputs. */
export function isAutoName(
  definition: ResourceType,
  project: string,
  name: string,
  inputs: Inputs,
): boolean {
  const stem = name.slice(0, -HASH_DIGITS - 1);
  // A stack's name may contain hyphens, so any prefix of the stem may be the stack.
  const stacks = stem.split("-").map((_part, i, parts) => parts.slice(0, i + 1).join("-"));
  return stacks.some(
    (stack) => name === `${stem}-${hashSuffix(definition, [project, stack, stem], inputs)}`,
  );
}

/**
 * Whether a name would change from one auto-name to another, because the stack, the project or the
 * resource was renamed. The project of the old name is unknown, so only its form is compared.
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

/** Whether two names are equal, or are auto-names of one resource with different inputs. */
export function isSameResource(one: unknown, other: unknown): boolean {
  if (typeof one !== "string" || typeof other !== "string" || one === "") return false;
  if (one === other) return true;
  const stem = (name: string) => name.slice(0, name.lastIndexOf("-"));
  return looksAutoNamed(one) && looksAutoNamed(other) && stem(one) === stem(other);
}

/** Whether a name has the form of an auto-name, of any project and stack. */
export function looksAutoNamed(name: unknown): boolean {
  return typeof name === "string" && AUTO_NAME.test(name);
}

/**
 * Whether an adopted object keeps its name: the program sets none, so that the inputs contain the
 * auto-name or one that is not known yet.
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
 * Whether the program names neither the object nor an object to adopt. For a type with an identity
 * the SDK then sets the option `deleteBeforeReplace` (ADR-6).
 */
export function isUnnamed(definition: ResourceType, project: string, inputs: Inputs): boolean {
  const { name, adopt } = inputs;
  if (!isAbsent(adopt) || typeof name !== "string") return false;
  return isUnknown(name) || isAutoName(definition, project, name, inputs);
}

/**
 * The inputs whose change requires another object: the required create-only inputs, and all inputs
 * of a type that cannot be changed while in use. Optional create-only inputs are excluded, since a
 * program may set or omit them for the same object.
 */
export function namingFields(definition: ResourceType): Field[] {
  return definition.fields.filter((field) => {
    if (field.createOnly) return field.required;
    return definition.fixedInUse && !field.local && field.name !== "name" && isInput(field);
  });
}

function hashSuffix(definition: ResourceType, scope: readonly string[], inputs: Inputs): string {
  const fixed = namingFields(definition)
    // Defaults are excluded from the hash, so adding an input in a later release does not change
    // existing names.
    .filter((field) => !sameValue(field, undefined, inputs[field.name]))
    .map((field) => [field.name, canonical(field, inputs[field.name])]);
  return createHash("sha256")
    .update(JSON.stringify([definition.kind, ...scope, fixed]))
    .digest("hex")
    .slice(0, HASH_DIGITS);
}
