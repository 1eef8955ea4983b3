import type { Dialect } from "../dialect";
import type { NamedSchema } from "../validation/namedSchema";
import {
  FUNCTIONS,
  isInDialect,
  resolve,
  RESOURCES,
  type Property,
  type TypeName,
} from "./packageSchema";

/** A part of a JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The JSON Schema of the inputs of a type in a dialect. */
export function inputSchemaOf(kind: TypeName, dialect: Dialect): NamedSchema {
  const resource = RESOURCES[kind];
  const inputs = Object.entries(resource.inputProperties).filter(([, p]) =>
    isInDialect(p, dialect),
  );
  const requiredHere = inputs.filter(([, p]) => overlay(p, dialect)["required"] === true);
  return {
    $id: `${kind}_${dialect}`,
    type: "object",
    properties: Object.fromEntries(inputs.map(([name, p]) => [name, jsonSchemaOf(p, dialect)])),
    required: [...resource.requiredInputs, ...requiredHere.map(([name]) => name)],
    additionalProperties: false,
  };
}

/** The JSON Schema of the arguments of a function, which is the same in both dialects. */
export function argumentSchemaOf(name: keyof typeof FUNCTIONS): NamedSchema {
  const { inputs } = FUNCTIONS[name];
  return {
    $id: name,
    type: "object",
    properties: Object.fromEntries(
      Object.entries(inputs.properties).map(([name, p]) => [name, jsonSchemaOf(p, "neutron")]),
    ),
    required: inputs.required,
    additionalProperties: false,
  };
}

const JSON_SCHEMA_KEYWORDS = [
  "type",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "uniqueItems",
];

/** Pulumi writes enumerations as objects and shared types as references; ajv supports neither. */
function jsonSchemaOf(property: Property, dialect: Dialect): JsonSchema {
  const whole = { ...resolve(property), ...overlay(property, dialect) };
  const schema: Record<string, unknown> = {};
  for (const keyword of JSON_SCHEMA_KEYWORDS) {
    if (keyword in whole) schema[keyword] = whole[keyword];
  }
  if (whole.enum)
    schema["enum"] = whole.enum.map((one) => (typeof one === "string" ? one : one.value));
  if (whole.items) schema["items"] = jsonSchemaOf(whole.items, dialect);
  if (whole.properties) {
    schema["properties"] = Object.fromEntries(
      Object.entries(whole.properties).map(([name, part]) => [name, jsonSchemaOf(part, dialect)]),
    );
    schema["additionalProperties"] = false;
  }
  return schema;
}

/** The tighter bounds of a dialect. */
function overlay(property: Property, dialect: Dialect): Readonly<Record<string, unknown>> {
  const found = property[`x-${dialect}`];
  return typeof found === "object" && found !== null
    ? (found as Readonly<Record<string, unknown>>)
    : {};
}
