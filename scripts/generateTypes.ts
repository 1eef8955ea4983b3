/** Makes sdk/types.ts from schema.json. */
import { readFileSync } from "node:fs";
import path from "node:path";

import { format } from "prettier";

import { cloudResourceType, type Field, type Kind } from "../provider/schema/resourceType";
import { foundFields } from "../provider/lifecycle/operations/lookup";

interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: Property;
  readonly description?: string;
  readonly default?: unknown;
  readonly replaceOnChanges?: boolean;
  readonly secret?: boolean;
  /** The values of a map. */
  readonly additionalProperties?: Property;
}

interface ObjectType {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly enum?: readonly EnumValue[];
}

interface EnumValue {
  readonly value: string;
  readonly name?: string;
  readonly description?: string;
  readonly deprecationMessage?: string;
}

interface Resource {
  readonly description: string;
  readonly inputProperties: Readonly<Record<string, Property>>;
  readonly properties: Readonly<Record<string, Property>>;
  readonly requiredInputs: readonly string[];
  readonly required: readonly string[];
  readonly "x-virtual"?: boolean;
}

interface FunctionType {
  readonly description: string;
  readonly inputs: Members;
  readonly outputs: Members;
}

interface Members {
  readonly properties: Readonly<Record<string, Property>>;
  readonly required: readonly string[];
}

interface PackageSchema {
  readonly types: Readonly<Record<string, ObjectType>>;
  readonly functions: Readonly<Record<string, FunctionType>>;
  readonly resources: Readonly<Record<string, Resource>>;
}

const ROOT = path.dirname(__dirname);
const SCHEMA = JSON.parse(readFileSync(path.join(ROOT, "schema.json"), "utf8")) as PackageSchema;

/** The whole text of sdk/types.ts. */
export async function generateTypes(): Promise<string> {
  const parts = [
    "// Generated from schema.json by `npm run generate`: edit that file instead.",
    'import type * as pulumi from "@pulumi/pulumi";',
    ...Object.entries(SCHEMA.types).map(([token, type]) =>
      type.enum ? enumeration(nameOf(token), type) : shared(nameOf(token), type),
    ),
    ...Object.entries(SCHEMA.resources).flatMap(([token, resource]) => [
      resourceTypes(nameOf(token), resource),
      // A virtual resource has no object to look up.
      ...(resource["x-virtual"] ? [] : [lookupTypes(nameOf(token) as Kind, resource)]),
    ]),
    ...Object.entries(SCHEMA.functions).map(([token, one]) => functionTypes(nameOf(token), one)),
  ];
  return format(parts.join("\n\n"), { parser: "typescript", printWidth: 100 });
}

function enumeration(name: string, type: ObjectType): string {
  const members = type.enum!.map(
    (one) => `${doc(enumText(one))}${one.name ?? pascal(one.value)}: ${JSON.stringify(one.value)},`,
  );
  return `${doc(type.description)}export const ${name} = {\n${members.join("\n")}\n} as const;
${doc(type.description)}export type ${name} = (typeof ${name})[keyof typeof ${name}];`;
}

/** A type used inside resources: once as an input, once as an output. */
function shared(name: string, type: ObjectType): string {
  const all = Object.entries(type.properties ?? {});
  const given = all.map(([key, one]) => `${doc(textOf(one))}${key}?: ${inputType(one)};`);
  const whole = all.map(([key, one]) => `${doc(one.description)}${key}?: ${plainType(one)};`);
  return `${doc(type.description)}export interface ${name}Args {\n${given.join("\n")}\n}
${doc(type.description)}export interface ${name} {\n${whole.join("\n")}\n}`;
}

function resourceTypes(name: string, resource: Resource): string {
  const { inputProperties, properties, requiredInputs, required } = resource;
  const args = Object.entries(inputProperties).map(
    ([key, one]) =>
      `${doc(textOf(one))}${key}${requiredInputs.includes(key) ? "" : "?"}: ${inputType(one)};`,
  );
  const state = Object.entries(properties).map(([key, one]) => {
    const text = one.description ?? inputProperties[key]?.description;
    const maybe = required.includes(key) ? "" : " | undefined";
    return `${doc(text)}${key}: ${plainType(one)}${maybe};`;
  });
  return `/** Arguments. ${resource.description} */
export interface ${name}Args {\n${args.join("\n")}\n}
/** Outputs. ${resource.description} */
export interface ${name}State {\n${state.join("\n")}\n}`;
}

/** The arguments of a lookup, plain and as inputs, and its result. */
function lookupTypes(kind: Kind, resource: Resource): string {
  const definition = cloudResourceType(kind);
  const found = foundFields(definition).map(({ name }) => name);
  const hidden = Object.keys(resource.properties).filter((name) => !found.includes(name));
  const named = (name: string) => definition.fields.find((field) => field.name === name)!;
  const taken = [...definition.filters, "cloud"].map(named);
  const args = (typeOf: (plain: string) => string) =>
    [
      `${doc("Id of the object.")}id?: ${typeOf("string")};`,
      ...taken.map((field) => {
        const property = resource.inputProperties[field.name] ?? resource.properties[field.name]!;
        return `${doc(filterText(field))}${field.name}?: ${typeOf(plainType(property))};`;
      }),
    ].join("\n");
  return `/** Criteria of {@link get${kind}}: each must equal the value in the cloud. */
export interface Get${kind}Args {\n${args((plain) => plain)}\n}
/** {@link Get${kind}Args} as inputs, for {@link get${kind}Output}. */
export interface Get${kind}OutputArgs {\n${args((plain) => `pulumi.Input<${plain}>`)}\n}
/** Result of {@link get${kind}}: ${resource.description} */
export interface Get${kind}Result extends Omit<
  ${kind}State,
  ${hidden.map((name) => JSON.stringify(name)).join(" | ")}
> {
  /** Id of the object. */
  id: string;
}`;
}

/** The arguments of a function, plain and as inputs, and its result. */
function functionTypes(name: string, { description, inputs, outputs }: FunctionType): string {
  const title = `${name[0]!.toUpperCase()}${name.slice(1)}`;
  const members = ({ properties, required }: Members, typeOf = (plain: string) => plain) =>
    Object.entries(properties)
      .map(([key, one]) => {
        const mark = required.includes(key) ? "" : "?";
        return `${doc(one.description)}${key}${mark}: ${typeOf(plainType(one))};`;
      })
      .join("\n");
  return `/** Arguments of {@link ${name}}. */
export interface ${title}Args {\n${members(inputs)}\n}
/** {@link ${title}Args} as inputs, for {@link ${name}Output}. */
export interface ${title}OutputArgs {\n${members(inputs, (plain) => `pulumi.Input<${plain}>`)}\n}
/** Result of {@link ${name}}: ${description} */
export interface ${title}Result {\n${members(outputs)}\n}`;
}

/** The further sentences are about inputs. */
function filterText({ description, local }: Field): string {
  return local ? description : (/^.*?\.(?= |$)/.exec(description)?.[0] ?? description);
}

function enumText({ description, deprecationMessage }: EnumValue): string {
  return [description, deprecationMessage].filter((text) => text !== undefined).join(" ");
}

function textOf(property: Property): string {
  const notes = [
    property.description ?? "",
    property.default === undefined ? "" : `Default: \`${JSON.stringify(property.default)}\`.`,
    property.replaceOnChanges === true ? "A change replaces the object." : "",
  ];
  return notes.filter((note) => note !== "").join(" ");
}

function inputType(property: Property): string {
  if (property.items) return `pulumi.Input<${inputType(property.items)}[]>`;
  const plain = plainType(property);
  const shape = SCHEMA.types[property.$ref?.replace("#/types/", "") ?? ""];
  return `pulumi.Input<${shape?.properties ? `${plain}Args` : plain}>`;
}

function plainType(property: Property): string {
  if (property.$ref !== undefined) return nameOf(property.$ref);
  if (property.items) return `${plainType(property.items)}[]`;
  if (property.additionalProperties) {
    return `Record<string, ${plainType(property.additionalProperties)}>`;
  }
  return property.type === "integer" ? "number" : property.type!;
}

function nameOf(token: string): string {
  return token.split(":").at(-1)!;
}

/** For example `Aes256Gcm16` for `aes-256-gcm-16`. */
function pascal(value: string): string {
  return value.replace(/(?:^|-)(.)/g, (_all, letter: string) => letter.toUpperCase());
}

function doc(text: string | undefined): string {
  return text === undefined || text === "" ? "" : `/** ${text} */\n`;
}
