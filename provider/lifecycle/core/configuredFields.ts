import type { Context } from "./context";
import { keepsAdoptedName } from "../../model/autoName";
import type { Field } from "../../schema/resourceType";
import { isAbsent } from "../../schema/equality";
import { isShownAs } from "../../model/wireMapping";
import type { Inputs, WireObject } from "../../values";

/**
 * The configured fields that PUT accepts; an adopted object keeps its name unless the program sets
 * one.
 */
export function mutableFields(context: Context, inputs: Inputs): Field[] {
  const { project, resource } = context;
  const keepsName = keepsAdoptedName(resource.definition, project, inputs["adopt"], inputs);
  return configuredFields(context, inputs).filter(
    (field) => !field.createOnly && !(keepsName && field.name === "name"),
  );
}

/** The fields that the inputs set and the cloud stores. */
export function configuredFields(context: Context, inputs: Inputs): Field[] {
  return context.resource.definition.fields.filter(
    (field) => field.input[context.dialect] && !field.local && !isAbsent(inputs[field.name]),
  );
}

/** Whether an object shows those inputs. */
export function matches(object: WireObject, inputs: Inputs, fields: readonly Field[]): boolean {
  return fields.every((field) => isShownAs(field, object, inputs[field.name]));
}
