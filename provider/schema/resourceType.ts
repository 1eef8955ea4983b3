import type { Dialect } from "../dialect";
import { responseCheck } from "./responseCheck";
import type { Field } from "./field";
import type { Values } from "../values";
import {
  inputSchemaOf,
  isInDialect,
  resolve,
  RESOURCES,
  type JsonSchema,
  type CloudTypeName,
  type Property,
  type TypeName,
  type ResourceSchema,
} from "./packageSchema";

export type { Field } from "./field";
export type { Values } from "../values";
export type { CloudTypeName as Kind, TypeName as ResourceKind } from "./packageSchema";

/** What programs and states have of one kind of resource. */
export interface ResourceType {
  /** For example `IpsecSiteConnection`. */
  readonly kind: TypeName;
  readonly fields: readonly Field[];
  /** Whether clouds of that dialect have this kind at all. */
  readonly available: Readonly<Record<Dialect, boolean>>;
  /**
   * Inputs by which two objects are in each other's way: where all of them stay the same, a
   * replacement deletes the old object before it creates the new one. Empty where none are.
   */
  readonly identity: readonly string[];
  /** Whether the cloud refuses every change of an object that another one refers to. */
  readonly fixedInUse: boolean;
  /** The JSON Schema of the inputs in a dialect; kept for messages too. */
  readonly inputSchema: Readonly<Record<Dialect, JsonSchema>>;
}

/** What the lifecycle needs to know of one kind of object in the cloud. */
export interface CloudResourceType extends ResourceType {
  readonly kind: CloudTypeName;
  /** Last part of the collection's path. */
  readonly path: string;
  /** Key around a single object. */
  readonly envelope: string;
  /** Key around a list. */
  readonly listEnvelope: string;
  /** The fault type by which Neutron says that an id of this kind is unknown. */
  readonly notFoundType: string;
  /** Names in the API of the fields that are secret. */
  readonly secretAttributes: readonly string[];
  /** What is wrong with an object of an answer: see {@link responseCheck}. */
  readonly problemIn: (object: Values, how?: "part") => string | undefined;
  /** Names of the fields that a lookup can be narrowed by. */
  readonly filters: readonly string[];
}

/** The definition of a kind of object, as schema.json has it. */
export function cloudResourceType(kind: CloudTypeName): CloudResourceType {
  return DEFINITIONS[kind];
}

/** The definitions of all kinds of objects in the cloud. */
export function allCloudResourceTypes(): readonly CloudResourceType[] {
  return Object.values(DEFINITIONS);
}

/** The shape of any kind, as schema.json has it. */
export function resourceType(kind: TypeName): ResourceType {
  return isVirtual(kind) ? SHAPES[kind] : DEFINITIONS[kind];
}

/** The shapes of all kinds, those included that no cloud knows. */
export function allResourceTypes(): readonly ResourceType[] {
  return [...allCloudResourceTypes(), ...Object.values(SHAPES)];
}

/** Whether a field is an input in any dialect: what is none only the cloud can set. */
export function isInput({ input }: Field): boolean {
  return input.k5 || input.neutron;
}

function read(kind: CloudTypeName): CloudResourceType {
  const resource = RESOURCES[kind];
  const shape = readShape(kind);
  return {
    ...shape,
    kind,
    path: resource["x-collection"],
    envelope: resource["x-envelope"],
    listEnvelope: `${resource["x-envelope"].replace(/y$/, "ie")}s`,
    notFoundType: resource["x-not-found"],
    secretAttributes: shape.fields.filter((field) => field.secret).map((field) => field.wire),
    problemIn: responseCheck(resource, shape.fields),
    filters: resource["x-filters"],
  };
}

function readShape(kind: TypeName): ResourceType {
  const resource = RESOURCES[kind];
  const names = new Set([
    ...Object.keys(resource.inputProperties),
    ...Object.keys(resource.properties),
  ]);
  return {
    kind,
    fields: [...names].map((name) => fieldOf(name, resource)),
    available: { k5: isInDialect(resource, "k5"), neutron: isInDialect(resource, "neutron") },
    identity: resource["x-identity"] ?? [],
    fixedInUse: resource["x-fixed-in-use"] === true,
    inputSchema: { k5: inputSchemaOf(resource, "k5"), neutron: inputSchemaOf(resource, "neutron") },
  };
}

function isVirtual(kind: TypeName): kind is VirtualKind {
  return RESOURCES[kind]["x-virtual"] === true;
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
    input: { k5: isInputIn("k5", input), neutron: isInputIn("neutron", input) },
    output: name in resource.properties,
    required: resource.requiredInputs.includes(name),
    local: property["x-local"] === true,
    createOnly: property["replaceOnChanges"] === true,
    secret: property["secret"] === true,
    unordered: property["uniqueItems"] === true,
    format: property.format ?? property.items?.format,
    default: defaultOf(property),
    chosen: property["x-chosen"] === true,
    once: property["x-once"] === true,
    refersTo: property["x-refers-to"] as string | undefined,
    deprecated: deprecatedOf(property),
  };
}

function isInputIn(dialect: Dialect, property: Property | undefined): boolean {
  return property !== undefined && isInDialect(property, dialect);
}

function deprecatedOf(property: Property): Readonly<Record<string, string>> {
  const values = resolve(property).enum ?? [];
  return Object.fromEntries(
    values.flatMap((one) =>
      typeof one === "string" || one.deprecationMessage === undefined
        ? []
        : [[one.value, one.deprecationMessage]],
    ),
  );
}

/** An object whose parts have defaults has their whole as its own. */
function defaultOf(property: Property): unknown {
  const { properties, default: own } = resolve(property);
  if (properties === undefined) return own;
  return Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, part.default]));
}

function wireOf(name: string, property: Property): string {
  return (property["x-wire"] as string | undefined) ?? snakeCase(name);
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

type VirtualKind = Exclude<TypeName, CloudTypeName>;

const ALL = Object.keys(RESOURCES) as TypeName[];

const DEFINITIONS = Object.fromEntries(
  ALL.filter((kind) => !isVirtual(kind)).map((kind) => [kind, read(kind)]),
) as Readonly<Record<CloudTypeName, CloudResourceType>>;

const SHAPES = Object.fromEntries(
  ALL.filter(isVirtual).map((kind) => [kind, readShape(kind)]),
) as Readonly<Record<VirtualKind, ResourceType>>;
