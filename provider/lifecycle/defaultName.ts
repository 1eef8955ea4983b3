import { createHash } from "node:crypto";

import type { Definition, Values } from "./definition";
import { canonical, isAbsent } from "./values";

const LONGEST = 255;
const HASH_DIGITS = 7;

/**
 * The name of an object that the program does not name: `<stack>-<resource>-<7 hex>`. The digits
 * come from the project, the stack, the resource's name and the inputs that can be given at
 * creation only and must be, so that hardly anything else has such a name, and a replacement by
 * other inputs has another one.
 */
export function defaultName(
  definition: Definition,
  place: { readonly project: string; readonly stack: string; readonly resource: string },
  inputs: Values,
): string {
  const { project, stack, resource } = place;
  const stem = `${stack}-${resource}`.slice(0, LONGEST - HASH_DIGITS - 1);
  return `${stem}-${digits(definition, [project, stack, stem], inputs)}`;
}

/** Whether a name is the default name of a resource of this project with these inputs. */
export function isDefaultName(
  definition: Definition,
  project: string,
  name: string,
  inputs: Values,
): boolean {
  const stem = name.slice(0, -HASH_DIGITS - 1);
  // A stack's name may have hyphens of its own, so any part of the stem may be it.
  const stacks = stem.split("-").map((_part, i, parts) => parts.slice(0, i + 1).join("-"));
  return stacks.some(
    (stack) => name === `${stem}-${digits(definition, [project, stack, stem], inputs)}`,
  );
}

function digits(definition: Definition, place: readonly string[], inputs: Values): string {
  const fixed = definition.fields
    .filter((field) => field.createOnly && field.required && !isAbsent(inputs[field.name]))
    .map((field) => [field.name, canonical(field, inputs[field.name])]);
  return createHash("sha256")
    .update(JSON.stringify([definition.kind, ...place, fixed]))
    .digest("hex")
    .slice(0, HASH_DIGITS);
}
