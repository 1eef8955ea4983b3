import { LookupError, VpnaasError } from "../../errors";
import { escapeControlCharacters } from "../../controlCharacters";
import type { Context } from "../core/context";
import { displayName } from "../../model/labels";
import type { Field } from "../../schema/resourceType";
import { looksAutoNamed } from "../../model/autoName";
import { findByIdOrName } from "./findExisting";
import { immutableReason } from "../reconcile/immutability";
import { mutableFields, configuredFields } from "../core/configuredFields";
import { ownedByAnotherError } from "./orphans";
import { hasUnknown } from "../../model/unknowns";
import { isShownAs } from "../../model/wireMapping";
import type { Inputs, WireObject } from "../../values";

/**
 * The object that the input `adopt` names, by id or name; undefined if there is no such input, or
 * it belongs to the object that this resource held until now.
 * @throws LookupError; VpnaasError if immutable properties of the object differ, or another
 * resource of this run holds it
 */
export async function findAdoptable(
  context: Context,
  inputs: Inputs,
): Promise<WireObject | undefined> {
  const { adopt } = inputs;
  const { definition } = context.resource;
  if (typeof adopt !== "string" || hasUnknown(adopt)) return undefined;
  if (context.ownership.isAdoptionConsumed(definition, inputs)) return undefined;
  const found = await findByIdOrName(context, adopt).catch((error: unknown) => {
    if (!LookupError.isInstance(error)) throw error;
    throw new LookupError(`${error.message} Remove \`adopt\` to create one.`);
  });
  if (context.ownership.isHeld(found.id)) throw ownedByAnotherError(context, found);
  const fixed = configuredFields(context, inputs).filter((field) => field.createOnly);
  const mismatched = differing(found, inputs, fixed);
  if (mismatched.length > 0) {
    throw new VpnaasError(
      `${displayName(context, found.id, found)} cannot be adopted: these properties cannot be changed after creation: ${describeChanges(context, found, mismatched)}. Set them in the program to the existing values.`,
    );
  }
  return found;
}

/**
 * The effect of an adoption, in one line for the preview. Undefined if nothing will be adopted, or
 * that is not known yet.
 * @throws the errors of {@link findAdoptable}, also if another resource of the program plans to
 * adopt the same object; VpnaasError if the cloud would refuse the change
 */
export async function previewAdoption(
  context: Context,
  inputs: Inputs,
): Promise<string | undefined> {
  const found = await findAdoptable(context, inputs);
  if (found === undefined) return undefined;
  if (!context.ownership.plan(found.id, inputs)) throw ownedByAnotherError(context, found);
  const subject = displayName(context, found.id, found);
  const changes = differing(found, inputs, mutableFields(context, inputs), "exactly");
  const caution = looksAutoNamed(found["name"]) ? CAUTION : "";
  if (changes.length === 0) return `${subject} will be adopted unchanged.${caution}`;
  const description = describeChanges(context, found, changes);
  const reason = await immutableReason(context, found.id, found);
  if (reason !== undefined) {
    throw new VpnaasError(
      `${subject} cannot be adopted: it differs in ${description}, and cannot be changed: ${reason}. Set these properties in the program to the existing values.`,
    );
  }
  return `${subject} will be adopted and changed: ${description}.${caution}`;
}

/** A warning about an object that another stack may hold: neither stack knows of the other. */
const CAUTION =
  " Its name looks like an auto-name of this package. If another stack holds it, run `pulumi state delete <urn>` there: otherwise a destroy there deletes the object.";

/** Unknown values may turn out to be equal. */
function differing(
  found: WireObject,
  inputs: Inputs,
  fields: readonly Field[],
  how?: "exactly",
): Field[] {
  return fields
    .filter(({ name }) => !hasUnknown(inputs[name]))
    .filter((field) => !isShownAs(field, found, inputs[field.name], how));
}

/**
 * Shows the existing values only. The preview shows the desired ones, where the engine hides
 * secrets.
 */
function describeChanges(
  { secretInputs }: Context,
  found: WireObject,
  fields: readonly Field[],
): string {
  return fields
    .map(({ name, wire, secret }) =>
      secret || secretInputs.has(name)
        ? `${name} (hidden)`
        : `${name} (existing: ${escapeControlCharacters(JSON.stringify(found[wire] ?? null))})`,
    )
    .join(", ");
}
