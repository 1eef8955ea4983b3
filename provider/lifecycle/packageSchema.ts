import packageSchema from "../../schema.json";
import type { Dialect } from "../dialect";

/** A property as schema.json has it: Pulumi's keywords, JSON Schema's, and ours that begin with `x-`. */
export interface Property {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly items?: Property;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly enum?: readonly (EnumValue | string)[];
}

/** A value of an enumeration, as Pulumi writes it; in `x-k5` it stands alone. */
export interface EnumValue {
  readonly value: string;
  readonly deprecationMessage?: string;
}

/** A resource as schema.json has it. */
export interface ResourceSchema {
  readonly requiredInputs: readonly string[];
  readonly inputProperties: Readonly<Record<string, Property>>;
  readonly properties: Readonly<Record<string, Property>>;
  readonly "x-collection": string;
  readonly "x-envelope": string;
  readonly "x-not-found": string;
  readonly "x-k5"?: boolean;
  readonly "x-identity"?: readonly string[];
  readonly "x-fixed-in-use"?: boolean;
  readonly "x-filters": readonly string[];
}

/** A JSON Schema as ajv takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The resources of schema.json by kind, such as `IpsecSiteConnection`. */
export const RESOURCES = Object.fromEntries(
  Object.entries(packageSchema.resources).map(([token, resource]) => [
    token.split(":").at(-1)!,
    resource as unknown as ResourceSchema,
  ]),
);

const TYPES = packageSchema.types as unknown as Readonly<Record<string, Property>>;

/** A property with what it refers to in its place. */
export function resolve(property: Property): Property {
  if (property.$ref === undefined) return property;
  return { ...TYPES[property.$ref.replace("#/types/", "")], ...property };
}

/** Whether something is an input in a dialect, or a resource is there at all. */
export function isInDialect(
  one: Readonly<Record<string, unknown>> | ResourceSchema,
  dialect: Dialect,
): boolean {
  return (one as Readonly<Record<string, unknown>>)[`x-${dialect}`] !== false;
}

/** The JSON Schema of a resource's inputs in a dialect. */
export function inputSchemaOf(resource: ResourceSchema, dialect: Dialect): JsonSchema {
  const inputs = Object.entries(resource.inputProperties).filter(([, p]) =>
    isInDialect(p, dialect),
  );
  const requiredHere = inputs.filter(([, p]) => overlay(p, dialect)["required"] === true);
  return {
    type: "object",
    properties: Object.fromEntries(inputs.map(([name, p]) => [name, jsonSchemaOf(p, dialect)])),
    required: [...resource.requiredInputs, ...requiredHere.map(([name]) => name)],
    additionalProperties: false,
  };
}

const JSON_SCHEMA_KEYWORDS = [
  ...["type", "format", "pattern", "minLength", "maxLength", "minimum", "maximum"],
  ...["minItems", "maxItems", "uniqueItems"],
];

/** Pulumi writes enums as objects and shared types as references; ajv wants neither. */
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

/** Narrower bounds of a dialect. */
function overlay(property: Property, dialect: Dialect): Readonly<Record<string, unknown>> {
  const found = property[`x-${dialect}`];
  return typeof found === "object" && found !== null
    ? (found as Readonly<Record<string, unknown>>)
    : {};
}
