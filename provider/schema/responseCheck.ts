import type { Field } from "./field";
import type { Values } from "../values";
import { typeMismatch } from "./typeMismatch";
import type { Property, ResourceSchema } from "./packageSchema";
import { isAbsent } from "./equality";

/** One attribute of an answer. */
interface Attribute {
  readonly wire: string;
  readonly property: Property;
  /** Every object of the kind has a value there. */
  readonly isRequired: boolean;
  /** Servers show a value, of their own if need be. One may leave some of these out, but not all. */
  readonly isPromised: boolean;
}

/**
 * Makes the check of answers for a kind: what is wrong with an object that an API gave, such as
 * "`peer_cidrs` is a text, not a list"; undefined where nothing is. Holds no value: it may be secret.
 *
 * Attributes that schema.json does not have are ignored, and so are enumerations and bounds, since a
 * newer server may know more. K5 leaves attributes out, and all servers show null for optional ones;
 * but an input that a program has to give and that is not secret is always there, and so is at least one
 * attribute of those that every object has.
 * A part of an object (`fields=` in a query) is held to the types alone.
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
      const wrong = typeMismatch(property, value);
      if (wrong !== undefined) return `\`${wire}\` ${wrong}`;
      if (value === null && isRequired) return `\`${wire}\` is null`;
      if (isWhole && value === undefined && isRequired) return `\`${wire}\` is missing`;
    }
    const isEmpty = isWhole && promised.every(({ wire }) => isAbsent(object[wire]));
    return isEmpty ? `\`${promised[0]!.wire}\` is missing, and so is all else` : undefined;
  };
}
