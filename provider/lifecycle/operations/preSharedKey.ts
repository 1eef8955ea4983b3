import { randomInt, randomUUID } from "node:crypto";

import { resourceType } from "../../schema/resourceType";
import { isUnknown } from "../../model/unknowns";
import type { Created } from "../adoption/orphans";
import type { CheckFailure } from "./check";
import { previewOutputs } from "./preview";
import type { Inputs, Outputs, State, Values } from "../../values";

/**
 * Pulumi's operations for a PreSharedKey, which exists in the state only. None of them sends a
 * request.
 */

/** The type of the resource. */
export const preSharedKeyType = resourceType("PreSharedKey");

/**
 * The reason why a change of the generation is invalid: the peer can have the next key, but none of
 * the keys after it, and earlier keys no longer exist. `oldInputs` are empty before the creation.
 */
export function rotationFailures(oldInputs: Inputs, inputs: Inputs): CheckFailure[] {
  if (Object.keys(oldInputs).length === 0 || isUnknown(inputs["generation"])) return [];
  const [before, after] = [generationIn(oldInputs), generationIn(inputs)];
  if (after === before || after === before + 1) return [];
  const why =
    after < before
      ? "earlier keys no longer exist"
      : "the peer can have the next key, but none after it";
  const reason = `generation: must stay ${before} or be counted up by one, to ${before + 1}: ${why}`;
  return [{ property: "", reason }];
}

/** Generates the first two keys. */
export function createPreSharedKey(inputs: Inputs): Created {
  const [current, next] = [generateKey(inputs), generateKey(inputs)];
  return { id: randomUUID(), outputs: { ...inputs, current, next } };
}

/** Rotates the keys if the generation has changed; keeps them otherwise. */
export function updatePreSharedKey(state: State, inputs: Inputs): Record<string, unknown> {
  const { current, next } = state;
  return generationIn(inputs) === generationIn(state)
    ? { ...inputs, current, next }
    : { ...inputs, current: next, next: generateKey(inputs) };
}

/** The outputs of a create or an update in a preview; a rotation generates unknown keys. */
export function previewPreSharedKey(inputs: Inputs, state?: State): Outputs {
  const isKept =
    state !== undefined &&
    !isUnknown(inputs["generation"]) &&
    generationIn(inputs) === generationIn(state);
  return isKept
    ? updatePreSharedKey(state, inputs)
    : previewOutputs(preSharedKeyType, inputs, state);
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const ALPHABET = `${LETTERS}0123456789`;

/**
 * A random key. Every device and file format accepts letters and digits without quotes; AWS refuses
 * a key that begins with 0.
 */
function generateKey(inputs: Inputs): string {
  const rest = Array.from({ length: numberIn(inputs, "length") - 1 }, () => pick(ALPHABET));
  return pick(LETTERS) + rest.join("");
}

function pick(characters: string): string {
  return characters[randomInt(characters.length)]!;
}

function generationIn(values: Values): number {
  return numberIn(values, "generation");
}

/** The value of an input, or its default if it is not a number. */
function numberIn(values: Values, name: "generation" | "length"): number {
  const field = preSharedKeyType.fields.find((one) => one.name === name);
  const value = values[name];
  return typeof value === "number" ? value : Number(field?.default);
}
