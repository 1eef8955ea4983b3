import type { Field } from "./field";
import type { Values } from "../values";
import { typeMismatch } from "./typeMismatch";
import type { Property, ResourceSchema } from "./packageSchema";
import { isAbsent } from "./equality";

/** An attribute of a response. */
interface Attribute {
  readonly wire: string;
  readonly property: Property;
  /** Every object of the type has a value there. */
  readonly isRequired: boolean;
  /**
   * Servers always return a value, a default if necessary. A server may omit some of these, but not
   * all.
   */
  readonly isPromised: boolean;
}

/**
 * Creates the check of responses for a type of resource: it returns the problem with an object of
 * the API, such as "`peer_cidrs` is a string, not a list", or undefined if the object is valid. The
 * problem contains no value, as it may be secret.
 *
 * Attributes that schema.json lacks are ignored, as are enumerations and bounds, since a newer
 * server may have more. K5 omits attributes, and all servers return null for optional ones; but a
 * required input that is not secret is always present, as is at least one of the attributes that
 * every object has. A part of an object (`fields=` in a query) is checked only for types.
 */
export function responseCheck(
  schema: ResourceSchema,
  fields: readonly Field[],
): (object: Values, how?: "part") => string | undefined {
  const attributes = fields
    .filter(({ output, local }) => output && !local)
    .map((field): Attribute => {
      const { name, wire, required, secret } = field;
      const hasDefault = !isAbsent(field.default) && field.default !== "";
      return {
        wire,
        property: schema.properties[name]!,
        isRequired: required && !secret,
        isPromised: hasDefault && schema.required.includes(name),
      };
    });
  const promised = attributes.filter((one) => one.isRequired || one.isPromised);
  return (object, how) => {
    const isWhole = how === undefined;
    for (const { wire, property, isRequired } of attributes) {
      const value = object[wire];
      const problem = typeMismatch(property, value);
      if (problem !== undefined) return `\`${wire}\` ${problem}`;
      if (value === null && isRequired) return `\`${wire}\` is null`;
      if (isWhole && value === undefined && isRequired) return `\`${wire}\` is missing`;
    }
    const isEmpty = isWhole && promised.every(({ wire }) => isAbsent(object[wire]));
    return isEmpty ? `\`${promised[0]!.wire}\` is missing, as are all other attributes` : undefined;
  };
}
