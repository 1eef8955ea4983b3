import fc from "fast-check";

import type { Dialect } from "../../../provider/dialect";
import { inputSchemaOf, type JsonSchema } from "../../../provider/schema/jsonSchema";
import { cloudResourceType, type Kind } from "../../../provider/schema/resourceType";

type Arbitraries = Readonly<Record<string, fc.Arbitrary<unknown>>>;

/**
 * Values of the inputs that need no more than schema.json: numbers within bounds, booleans, values
 * of an enum. Other inputs have formats or depend on each other.
 */
export function plainInputs(kind: Kind, dialect: Dialect): Arbitraries {
  const { properties } = inputSchemaOf(kind, dialect) as unknown as Record<
    "properties",
    Record<string, JsonSchema>
  >;
  const local = new Set(
    cloudResourceType(kind)
      .fields.filter((one) => one.local)
      .map(({ name }) => name),
  );
  const found = Object.entries(properties)
    .filter(([name]) => !local.has(name))
    .map(([name, schema]) => [name, valuesOf(schema)] as const);
  return Object.fromEntries(found.filter(([, values]) => values !== undefined)) as Arbitraries;
}

function valuesOf({
  type,
  enum: words,
  minimum,
  maximum,
}: JsonSchema): fc.Arbitrary<unknown> | undefined {
  if (Array.isArray(words)) return fc.constantFrom<unknown>(...(words as unknown[]));
  if (type === "boolean") return fc.boolean();
  if (type !== "integer") return undefined;
  return fc.integer({ ...bound("min", minimum), ...bound("max", maximum) });
}

function bound(name: "min" | "max", value: unknown): fc.IntegerConstraints {
  return typeof value === "number" ? { [name]: value } : {};
}
