import { createHash } from "node:crypto";

import type { Definition, Values } from "./definition";
import { canonical, isAbsent } from "./values";

const LONGEST = 255;
const HASH_DIGITS = 7;

/**
 * The name of an object that the program does not name: `<stack>-<resource>-<7 hex>`. The digits
 * come from the project and from the inputs that can only be given at creation, so that an object
 * of this name is surely this resource's own, and its replacement has another one.
 */
export function defaultName(
  definition: Definition,
  place: { readonly project: string; readonly stack: string; readonly resource: string },
  inputs: Values,
): string {
  const stem = `${place.stack}-${place.resource}`.slice(0, LONGEST - HASH_DIGITS - 1);
  return `${stem}-${digits(definition, place.project, stem, inputs)}`;
}

/** Whether a name is the default name of a resource of this project with these inputs. */
export function isDefaultName(
  definition: Definition,
  project: string,
  name: string,
  inputs: Values,
): boolean {
  const stem = name.slice(0, -HASH_DIGITS - 1);
  return name === `${stem}-${digits(definition, project, stem, inputs)}`;
}

function digits(definition: Definition, project: string, stem: string, inputs: Values): string {
  const createOnly = definition.fields
    .filter((field) => field.createOnly && !isAbsent(inputs[field.name]))
    .map((field) => [field.name, canonical(field, inputs[field.name])]);
  return createHash("sha256")
    .update(JSON.stringify([definition.kind, project, stem, createOnly]))
    .digest("hex")
    .slice(0, HASH_DIGITS);
}
