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
 * The object that the input `adopt` names, by id or name; undefined where there is no such input, or
 * it belongs to an object that this resource held until now.
 * @throws LookupError; VpnaasError where the object differs in what cannot be changed, or another
 * resource of this run has it.
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
    throw new LookupError(`${error.message} Take \`adopt\` out to have one made.`);
  });
  if (context.ownership.isHeld(found.id)) throw ownedByAnotherError(context, found);
  const fixed = configuredFields(context, inputs).filter((field) => field.createOnly);
  const wrong = differing(found, inputs, fixed);
  if (wrong.length > 0) {
    throw new VpnaasError(
      `${displayName(context, found.id, found)} cannot be adopted: it differs in what no request can change: ${describeChanges(context, found, wrong)}. Declare what is there.`,
    );
  }
  return found;
}

/**
 * What an adoption would do, for the preview: one line. Undefined where nothing is to be adopted, or
 * cannot be told yet.
 * @throws what {@link findAdoptable} throws, also where another resource of the program is to adopt the same
 * object; and where a change would be refused.
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
  if (changes.length === 0) return `${subject} is to be adopted as it is.${caution}`;
  const what = describeChanges(context, found, changes);
  const because = await immutableReason(context, found.id, found);
  if (because !== undefined) {
    throw new VpnaasError(
      `${subject} cannot be adopted: it differs in ${what}, and cannot be changed: ${because}. Declare what is there.`,
    );
  }
  return `${subject} is to be adopted and changed: ${what}.${caution}`;
}

/** Said of an object that another stack may hold: none of the two learns of the other. */
const CAUTION =
  " Its name looks like one that this package gives. If another stack holds it, run `pulumi state delete <urn>` there: otherwise a destroy there deletes the object.";

/** What is unknown may turn out to be the same. */
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

/** With what is there. What is wanted stands in the preview, where the engine hides what is secret. */
function describeChanges(
  { secretInputs: hidden }: Context,
  found: WireObject,
  fields: readonly Field[],
): string {
  return fields
    .map(({ name, wire, secret }) =>
      secret || hidden.has(name)
        ? `${name} (hidden)`
        : `${name} (there: ${escapeControlCharacters(JSON.stringify(found[wire] ?? null))})`,
    )
    .join(", ");
}
