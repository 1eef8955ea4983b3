import { displayNameOf, nameOf } from "../../../model/labels";
import { isUnknown } from "../../../model/unknowns";
import { cloudResourceType, type CloudResourceType } from "../../../schema/resourceType";
import type { Values, WireObject } from "../../../values";
import { isUnanswered, type CloudFacts } from "../facts";
import type { Declared } from "../finding";

/** Another resource of this run, or an object that no resource of this run holds. */
export interface Neighbor {
  readonly displayName: string;
  /** Undefined for a resource of this run. */
  readonly id: string | undefined;
  /** By the names of the properties. */
  readonly values: Values;
}

/**
 * The neighbors of the same kind with the same value of a property. None if that is unknown, or if the
 * collection cannot be read. An object that a resource of this run declares counts as declared; its name
 * shows it until its diff has been called.
 */
export async function neighborsWith(
  property: string,
  declared: Declared,
  facts: CloudFacts,
): Promise<Neighbor[]> {
  const { kind, inputs, others } = declared;
  const shared = stringIn(inputs, property);
  if (shared === undefined) return [];
  const definition = cloudResourceType(kind);
  const { wire } = definition.fields.find(({ name }) => name === property)!;
  const resources = others.filter((one) => one.kind === kind);
  const ownNames = new Set([declared, ...resources].flatMap(namesOf));
  const listed = await facts.all(kind);
  const objects = isUnanswered(listed) ? [] : [...listed.value.values()];
  return [
    ...resources
      .filter((one) => one.inputs[property] === shared)
      .map((one) => ({ displayName: one.subject, id: undefined, values: one.inputs })),
    ...objects
      .filter((one) => one[wire] === shared)
      .filter((one) => !facts.isHeld(one.id) && !ownNames.has(nameOf(one)))
      .map((one) => ({
        displayName: displayNameOf(kind, one.id, one),
        id: one.id,
        values: byProperty(definition, one),
      })),
  ];
}

/** The names of a resource now and in the state. */
export function namesOf({ inputs, oldInputs }: Pick<Declared, "inputs" | "oldInputs">): string[] {
  return [nameOf(inputs), nameOf(oldInputs)].filter((name) => name !== "");
}

/** A string; undefined if the value is absent or unknown. */
export function stringIn(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" && value !== "" && !isUnknown(value) ? value : undefined;
}

/** The known strings of a list. */
export function stringsIn(values: Values, name: string): string[] {
  const value = values[name];
  if (!Array.isArray(value)) return [];
  return value.filter((one): one is string => typeof one === "string" && !isUnknown(one));
}

function byProperty({ fields }: CloudResourceType, object: WireObject): Values {
  return Object.fromEntries(fields.map(({ name, wire }) => [name, object[wire]]));
}
