import { readFileSync } from "node:fs";
import path from "node:path";

/** Any part of a schema. */
export type Part = Readonly<Record<string, unknown>>;

export interface Resource extends Part {
  readonly inputProperties: Readonly<Record<string, Part>>;
  readonly properties: Readonly<Record<string, Part>>;
}

export interface FunctionPart extends Part {
  readonly inputs: ObjectPart;
  readonly outputs: ObjectPart;
}

export interface ObjectPart extends Part {
  readonly properties: Readonly<Record<string, Part>>;
}

export interface PackageSchema extends Part {
  readonly types: Readonly<Record<string, Part>>;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly functions: Readonly<Record<string, FunctionPart>>;
}

/** schema.json of this repository, the source. */
export const SCHEMA = JSON.parse(
  readFileSync(path.join(__dirname, "..", "..", "schema.json"), "utf8"),
) as PackageSchema;

/** Keywords of JSON Schema that Pulumi's schema does not have; generators ignore them. */
const FOREIGN =
  /^(?:x-.*|format|pattern|minLength|maxLength|minimum|maximum|minItems|maxItems|uniqueItems|required)$/;

/**
 * Generated classes would send a default, which the dialect of the cloud may refuse: the provider fills it
 * in, so only the description names it.
 */
export function propertiesOf(
  properties: Readonly<Record<string, Part>>,
): Readonly<Record<string, Part>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, pulumiPart(withDescribedDefault(one))]),
  );
}

function withDescribedDefault({ default: value, ...part }: Part): Part {
  const description = (part["description"] as string | undefined) ?? "";
  const isDescribed = value === undefined || value === "" || /Default/.test(description);
  return isDescribed
    ? part
    : { ...part, description: `${description} Default: \`${JSON.stringify(value)}\`.`.trim() };
}

export function pulumiPart(part: Part): Part {
  return Object.fromEntries(
    Object.entries(part)
      .filter(([keyword]) => !FOREIGN.test(keyword))
      .map(([keyword, value]) => [
        keyword,
        keyword === "items" ? pulumiPart(value as Part) : value,
      ]),
  );
}

/** A name for generators, such as `Aes128Gcm16` for `aes-128-gcm-16`. */
export function enumName(value: string): string {
  return value
    .split(/[-_ ]/)
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join("");
}
