import {
  RESOURCES,
  resolve,
  type EnumValue,
  type Property,
} from "../../provider/schema/packageSchema";
import { allResourceTypes } from "../../provider/schema/resourceType";
import { enumName } from "../pluginSchema/parts";

/** A resource of an example. */
export interface Example {
  /** Its logical name, and the name of its variable. */
  readonly name: string;
  readonly kind: string;
  readonly properties: Members;
}

export type Members = readonly (readonly [name: string, value: Value])[];

/** A value of a property, with the types that a language needs for it. */
export type Value =
  | { readonly form: "literal"; readonly value: string | number | boolean }
  | {
      readonly form: "enum";
      readonly type: string;
      readonly member: string;
      readonly value: string;
    }
  | { readonly form: "output"; readonly resource: string; readonly output: string }
  | { readonly form: "list"; readonly items: readonly Value[] }
  | { readonly form: "object"; readonly type: string; readonly members: Members };

/** The example of each resource type; together they are one program, with every resource after its references. */
export function allExamples(): Example[] {
  const all = allResourceTypes().flatMap(({ kind }) => examplesOf(kind));
  const placed = new Set<Example>();
  const place = (example: Example): void => {
    if (placed.has(example)) return;
    const names = example.properties.flatMap(([, value]) => referencesIn(value));
    for (const one of all) if (names.includes(one.name)) place(one);
    placed.add(example);
  };
  all.forEach(place);
  return [...placed];
}

/** The resources in `x-example` of a resource type. */
export function examplesOf(kind: keyof typeof RESOURCES): Example[] {
  const { inputProperties, "x-example": resources } = RESOURCES[kind];
  return Object.entries(resources).map(([name, properties]) => ({
    name,
    kind,
    properties: membersOf(inputProperties, properties),
  }));
}

const REFERENCE = /^\$\{(\w+)\.(\w+)\}$/;

function membersOf(
  properties: Readonly<Record<string, Property>>,
  values: Readonly<Record<string, unknown>>,
): Members {
  return Object.entries(values).map(([name, value]) => [name, valueOf(properties[name]!, value)]);
}

function valueOf(property: Property, value: unknown): Value {
  if (typeof value === "string" && REFERENCE.test(value)) {
    const [, resource, output] = REFERENCE.exec(value)!;
    return { form: "output", resource: resource!, output: output! };
  }
  if (Array.isArray(value)) {
    return { form: "list", items: value.map((one) => valueOf(property.items!, one)) };
  }
  if (property.$ref === undefined) return { form: "literal", value: value as string };
  const type = property.$ref.split(":").at(-1)!;
  const { properties, enum: values } = resolve(property);
  if (properties === undefined) {
    const named = (values as EnumValue[]).find((one) => one.value === value)!;
    return { form: "enum", type, member: enumName(named.value), value: named.value };
  }
  return { form: "object", type, members: membersOf(properties, value as Record<string, unknown>) };
}

function referencesIn(value: Value): string[] {
  if (value.form === "output") return [value.resource];
  return value.form === "list" ? value.items.flatMap(referencesIn) : [];
}
