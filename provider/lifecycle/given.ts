import type { WireObject } from "../neutron/client";
import type { Context } from "./context";
import { keepsItsName } from "./defaultName";
import type { Field, Values } from "./definition";
import { isAbsent } from "./values";
import { shows } from "./wire";

/** The fields of given inputs that PUT takes; what is adopted keeps its name unless there is one. */
export function changeableFields(context: Context, inputs: Values): Field[] {
  const { project, resource } = context;
  const keepsName = keepsItsName(resource.definition, project, inputs["adopt"], inputs);
  return givenFields(context, inputs).filter(
    (field) => !field.createOnly && !(keepsName && field.name === "name"),
  );
}

/** The fields that inputs give and that the cloud knows. */
export function givenFields(context: Context, inputs: Values): Field[] {
  return context.resource.definition.fields.filter(
    (field) => field.input[context.dialect] && !field.local && !isAbsent(inputs[field.name]),
  );
}

/** Whether an object shows those inputs. */
export function matches(object: WireObject, inputs: Values, fields: readonly Field[]): boolean {
  return fields.every((field) => shows(field, object, inputs[field.name]));
}
