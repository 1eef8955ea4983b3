import { UNKNOWN } from "../../model/unknowns";
import { isAbsent, withoutAbsent } from "../../schema/equality";
import { isInput, type Field, type ResourceType } from "../../schema/resourceType";
import type { Inputs, Outputs, State } from "../../values";

/**
 * The outputs after a create or an update, as far as a preview knows them; the cloud decides the
 * others, which are {@link UNKNOWN}. `state` is the state before an update.
 */
export function previewOutputs(type: ResourceType, inputs: Inputs, state: State = {}): Outputs {
  const outputs = type.fields
    .filter(({ output }) => output)
    .map((field) => [field.name, inputs[field.name] ?? previewOutput(field, state)] as const);
  return withoutAbsent(Object.fromEntries(outputs));
}

/** The preview of an output without a value in the inputs. */
function previewOutput(field: Field, state: State): unknown {
  const before = state[field.name];
  if (isInput(field)) {
    const isSetByCloud = field.chosen || (!field.local && !isAbsent(field.default));
    return before ?? (isSetByCloud ? UNKNOWN : undefined);
  }
  // An update reaches an object where the state found it.
  return field.name === "endpoint" ? (before ?? UNKNOWN) : UNKNOWN;
}
