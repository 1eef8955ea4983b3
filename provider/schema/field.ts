import type { Dialect } from "../dialect";
import {
  isInDialect,
  resolve,
  type CloudTypeName,
  type Property,
  type ResourceSchema,
} from "./packageSchema";

/** One property of a resource, read from schema.json. */
export interface Field {
  /** The name in programs and in the state. */
  readonly name: string;
  /** The name in the API. */
  readonly wire: string;
  /** A description for people. */
  readonly description: string;
  /** Whether it is an input in a dialect. */
  readonly input: Readonly<Record<Dialect, boolean>>;
  readonly output: boolean;
  /** Whether every dialect requires it. */
  readonly required: boolean;
  /**
   * The output with the cloud's own value of an input that the cloud may rewrite: the other
   * property with the same name in the API.
   */
  readonly resolvedBy: string | undefined;
  /** Only programs and states contain it; it is never sent to the API. */
  readonly local: boolean;
  /** The API accepts it only in POST, so a change needs another object. */
  readonly createOnly: boolean;
  readonly secret: boolean;
  /** A list whose order is insignificant. */
  readonly unordered: boolean;
  /** The `format` of the value, or of the items of a list. */
  readonly format: string | undefined;
  /** The default of an input; undefined if the cloud chooses freely. */
  readonly default: unknown;
  /**
   * The cloud chooses a value if the program sets none; a response does not distinguish the two.
   */
  readonly chosen: boolean;
  /** Significant only at creation; later it is neither a desired value nor a change. */
  readonly once: boolean;
  /** The type of resource whose id the value is. */
  readonly refersTo: CloudTypeName | undefined;
  /** Deprecation messages by value, for values that still work but should not be used. */
  readonly deprecated: Readonly<Record<string, string>>;
}

/** The property of that name, an input or an output of the resource. */
export function fieldOf(name: string, resource: ResourceSchema): Field {
  const input = resource.inputProperties[name];
  const property = input ?? resource.properties[name]!;
  const wire = wireOf(name, property);
  const resolved = Object.entries(resource.properties).find(
    ([other, one]) => other !== name && wireOf(other, one) === wire,
  );
  return {
    name,
    wire,
    resolvedBy: input && resolved?.[0],
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
    refersTo: property["x-refers-to"] as CloudTypeName | undefined,
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

/** The default of an object consists of the defaults of its members. */
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
