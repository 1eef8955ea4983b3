import packageSchema from "../../schema.json";
import type { Dialect } from "../dialect";

/**
 * A property as schema.json has it. Pulumi's and JSON Schema's keywords mean what they mean there;
 * ours are:
 * - `x-wire`: name in the API, where it is not the snake_case of the property's
 * - `x-local`: known to program and state only, never sent
 * - `x-once`: counts at creation only
 * - `x-chosen`: the cloud chooses it where nobody gives it
 * - `x-refers-to`: the kind of which the value is an id
 * - `x-k5`, `x-neutron`: `false`: no input in that dialect; an object: narrower bounds there,
 *   `required` among them
 */
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
  readonly description?: string;
  readonly deprecationMessage?: string;
}

/**
 * A resource as schema.json has it, with:
 * - `x-virtual`: it is in the program and the state only; no cloud has such an object
 * - `x-k5`: `false`: K5 has no such resource
 * - `x-identity`: inputs by which two objects are in each other's way
 * - `x-fixed-in-use`: the cloud refuses every change of an object that another one refers to
 */
export interface ResourceSchema {
  readonly requiredInputs: readonly string[];
  /** The outputs that are always there. */
  readonly required: readonly string[];
  readonly inputProperties: Readonly<Record<string, Property>>;
  readonly properties: Readonly<Record<string, Property>>;
  readonly "x-virtual"?: boolean;
  readonly "x-k5"?: boolean;
  readonly "x-identity"?: readonly string[];
  readonly "x-fixed-in-use"?: boolean;
}

/**
 * A resource that stands for an object in the cloud, with:
 * - `x-collection`, `x-envelope`, `x-not-found`: path, key around an object and fault type in the API
 * - `x-filters`: what a lookup can be narrowed by
 */
export interface CloudResourceSchema extends ResourceSchema {
  readonly "x-collection": string;
  readonly "x-envelope": string;
  readonly "x-not-found": string;
  readonly "x-filters": readonly string[];
}

/** A JSON Schema as ajv takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Every kind of object in the cloud that schema.json has. Spelled out, since a declaration that
 * imports JSON would need an option of the compiler in every program.
 */
export type CloudTypeName =
  "VpnService" | "IkePolicy" | "IpsecPolicy" | "EndpointGroup" | "IpsecSiteConnection";

/** Every kind of resource that schema.json has, those included that no cloud knows. */
export type TypeName = CloudTypeName | "ConnectionsReady";

/** The resources of schema.json. */
export const RESOURCES = Object.fromEntries(
  Object.entries(packageSchema.resources satisfies Record<`vpnaas:index:${TypeName}`, unknown>).map(
    ([token, resource]) => [token.split(":").at(-1)!, resource],
  ),
) as unknown as Readonly<
  Record<CloudTypeName, CloudResourceSchema> &
    Record<Exclude<TypeName, CloudTypeName>, ResourceSchema>
>;

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
