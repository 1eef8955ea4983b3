import packageSchema from "../../schema.json";
import type { Dialect } from "../dialect";

/** A JSON Schema as ajv takes it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Values of a resource by property name: inputs, outputs, or a wire object. */
export type Values = Readonly<Record<string, unknown>>;

/** One property of a resource, read from schema.json. */
export interface Field {
  /** Name in programs and in the state. */
  readonly name: string;
  /** Name in the API. */
  readonly wire: string;
  /** What it is, for people. */
  readonly description: string;
  /** Whether it is an input in that dialect. */
  readonly input: Readonly<Record<Dialect, boolean>>;
  readonly output: boolean;
  /** Whether an input of every dialect that has it. */
  readonly required: boolean;
  /**
   * The output that shows the cloud's own value of an input which the cloud may rewrite: the other
   * property of the same name in the API.
   */
  readonly resolvedBy: string | undefined;
  /** Known to program and state only; the API never sees it. */
  readonly local: boolean;
  /** The API takes it in POST only: a change needs another object. */
  readonly createOnly: boolean;
  readonly secret: boolean;
  /** A list whose order says nothing. */
  readonly unordered: boolean;
  /** `format` of the value, or of the items of a list. */
  readonly format: string | undefined;
  /** What an input is that nobody gave; undefined where that means "as the cloud likes". */
  readonly default: unknown;
}

/** What the lifecycle needs to know of one kind of resource. */
export interface Definition {
  /** For example `IpsecSiteConnection`. */
  readonly kind: string;
  /** Last part of the collection's path. */
  readonly collection: string;
  /** Key around a single object. */
  readonly envelope: string;
  /** The fault type by which Neutron says that an id of this kind is unknown. */
  readonly notFoundType: string;
  /** Names in the API of the fields that are secret. */
  readonly secretAttributes: readonly string[];
  readonly fields: readonly Field[];
  /** The JSON Schema of the inputs in a dialect; kept for messages too. */
  readonly inputSchema: Readonly<Record<Dialect, JsonSchema>>;
}

interface Property {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly items?: Property;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly enum?: readonly { readonly value: unknown }[];
}

interface ResourceSchema {
  readonly requiredInputs: readonly string[];
  readonly inputProperties: Readonly<Record<string, Property>>;
  readonly properties: Readonly<Record<string, Property>>;
  readonly "x-collection": string;
  readonly "x-envelope": string;
  readonly "x-not-found": string;
}

const TYPES = packageSchema.types as Readonly<Record<string, Property>>;

/**
 * The definition of a kind, as schema.json has it.
 *
 * Pulumi's keywords mean what they mean there; ours are: `x-wire` (name in the API where it is not
 * the snake_case of the property), `x-local` (never sent), `x-k5` and `x-neutron` (`false`: no
 * input in that dialect; an object: narrower bounds there, `required` among them), and the
 * resource's `x-collection`, `x-envelope` and `x-not-found`.
 */
export function definitionOf(kind: keyof typeof KINDS): Definition {
  return KINDS[kind];
}

function read(kind: string): Definition {
  const resources = packageSchema.resources as unknown as Readonly<Record<string, ResourceSchema>>;
  const resource = resources[`${packageSchema.name}:index:${kind}`]!;
  const names = new Set([
    ...Object.keys(resource.inputProperties),
    ...Object.keys(resource.properties),
  ]);
  const fields = [...names].map((name) => fieldOf(name, resource));
  return {
    kind,
    collection: resource["x-collection"],
    envelope: resource["x-envelope"],
    notFoundType: resource["x-not-found"],
    secretAttributes: fields.filter((field) => field.secret).map((field) => field.wire),
    fields,
    inputSchema: { k5: inputSchemaOf(resource, "k5"), neutron: inputSchemaOf(resource, "neutron") },
  };
}

function fieldOf(name: string, resource: ResourceSchema): Field {
  const input = resource.inputProperties[name];
  const property = input ?? resource.properties[name]!;
  const wire = wireOf(name, property);
  const twin = Object.entries(resource.properties).find(
    ([other, one]) => other !== name && wireOf(other, one) === wire,
  );
  return {
    name,
    wire,
    resolvedBy: input && twin?.[0],
    description: property["description"] as string,
    input: { k5: isInput(input, "k5"), neutron: isInput(input, "neutron") },
    output: name in resource.properties,
    required: resource.requiredInputs.includes(name),
    local: property["x-local"] === true,
    createOnly: property["replaceOnChanges"] === true,
    secret: property["secret"] === true,
    unordered: property["uniqueItems"] === true,
    format: property.format ?? property.items?.format,
    default: defaultOf(property),
  };
}

function isInput(property: Property | undefined, dialect: Dialect): boolean {
  return property !== undefined && property[`x-${dialect}`] !== false;
}

/** An object whose parts have defaults has their whole as its own. */
function defaultOf(property: Property): unknown {
  const { properties, default: own } = resolve(property);
  if (properties === undefined) return own;
  return Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, part.default]));
}

function inputSchemaOf(resource: ResourceSchema, dialect: Dialect): JsonSchema {
  const inputs = Object.entries(resource.inputProperties).filter(([, p]) => isInput(p, dialect));
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
  if (whole.enum) schema["enum"] = whole.enum.map((one) => one.value ?? one);
  if (whole.items) schema["items"] = jsonSchemaOf(whole.items, dialect);
  if (whole.properties) {
    schema["properties"] = Object.fromEntries(
      Object.entries(whole.properties).map(([name, part]) => [name, jsonSchemaOf(part, dialect)]),
    );
    schema["additionalProperties"] = false;
  }
  return schema;
}

function overlay(property: Property, dialect: Dialect): Values {
  const found = property[`x-${dialect}`];
  return typeof found === "object" && found !== null ? (found as Values) : {};
}

function resolve(property: Property): Property {
  if (property.$ref === undefined) return property;
  return { ...TYPES[property.$ref.replace("#/types/", "")], ...property };
}

function wireOf(name: string, property: Property): string {
  return (property["x-wire"] as string | undefined) ?? snakeCase(name);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

const KINDS = {
  IpsecSiteConnection: read("IpsecSiteConnection"),
};
