import packageSchema from "../../schema.json";
import type { Dialect } from "../dialect";

/**
 * A property in schema.json. The keywords of Pulumi and JSON Schema have their usual meaning; our
 * own keywords are:
 * - `x-wire`: the name in the API, if it is not the property's name in snake_case
 * - `x-local`: only programs and states contain it; it is never sent
 * - `x-once`: significant only at creation
 * - `x-chosen`: the cloud chooses a value if the program sets none
 * - `x-refers-to`: the type of resource whose id the value is
 * - `x-k5`, `x-neutron`: `false`: not an input in that dialect; an object: tighter bounds there,
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

/**
 * An enumeration value in Pulumi's form; `x-k5` lists bare values. `x-words` of an algorithm has the
 * words of other implementations, which provider/tunnel/words.ts reads.
 */
export interface EnumValue {
  readonly value: string;
  readonly description?: string;
  readonly deprecationMessage?: string;
}

/**
 * A resource in schema.json, with:
 * - `x-virtual`: only programs and states contain it; no cloud has such an object
 * - `x-k5`: `false`: K5 has no such resource
 * - `x-identity`: inputs for which two objects with equal values conflict
 * - `x-fixed-in-use`: the cloud refuses every change of an object that another one refers to
 * - `x-example`: resources of its page, by their names, with references such as `${ike.id}` to those of other pages
 */
export interface ResourceSchema {
  readonly requiredInputs: readonly string[];
  /** The outputs that are always present. */
  readonly required: readonly string[];
  readonly inputProperties: Readonly<Record<string, Property>>;
  readonly properties: Readonly<Record<string, Property>>;
  readonly "x-virtual"?: boolean;
  readonly "x-k5"?: boolean;
  readonly "x-identity"?: readonly string[];
  readonly "x-fixed-in-use"?: boolean;
  readonly "x-example": Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * A resource with an object in the cloud, with:
 * - `x-collection`, `x-envelope`, `x-not-found`: path, envelope and not-found error type in the API
 * - `x-filters`: the criteria of a lookup
 * - `x-status`: how its status changes; without it, it has none
 * - `x-completed-later`: the cloud adds values to a new object after it has answered the POST
 */
export interface CloudResourceSchema extends ResourceSchema {
  readonly "x-collection": string;
  readonly "x-envelope": string;
  readonly "x-not-found": string;
  readonly "x-filters": readonly string[];
  readonly "x-status"?: StatusSchema;
  readonly "x-completed-later"?: boolean;
}

/**
 * How the status of a resource changes, with the names of properties:
 * - `settles`: an agent settles it after every create and change, so that a wait for it ends; such a
 *   resource is a tunnel and has the input `waitFor`
 * - `switch`: `false` there switches the object off, so that its status is meaningless
 * - `listedBy`: a list by this property contains few objects besides the awaited ones
 */
export interface StatusSchema {
  readonly settles: boolean;
  readonly switch?: string;
  readonly listedBy?: string;
}

/**
 * Every type of object in the cloud that schema.json contains. Written out, since a declaration
 * that imports JSON would need a compiler option in every program.
 */
export type CloudTypeName =
  "VpnService" | "IkePolicy" | "IpsecPolicy" | "EndpointGroup" | "IpsecSiteConnection";

/** Every type of resource that schema.json contains, including virtual ones. */
export type TypeName = CloudTypeName | "ConnectionsReady" | "PreSharedKey";

/** The resources of schema.json. */
export const RESOURCES = Object.fromEntries(
  Object.entries(packageSchema.resources satisfies Record<`vpnaas:index:${TypeName}`, unknown>).map(
    ([token, resource]) => [token.split(":").at(-1)!, resource],
  ),
) as unknown as Readonly<
  Record<CloudTypeName, CloudResourceSchema> &
    Record<Exclude<TypeName, CloudTypeName>, ResourceSchema>
>;

/** A function in schema.json that is not the lookup of a resource. */
export interface FunctionSchema {
  readonly inputs: ObjectSchema;
  readonly outputs: ObjectSchema;
}

/** The arguments or the result of a function. */
interface ObjectSchema {
  readonly properties: Readonly<Record<string, Property>>;
  readonly required: readonly string[];
}

/** The functions of schema.json. */
export const FUNCTIONS: Readonly<Record<"getPeerConfiguration", FunctionSchema>> = {
  getPeerConfiguration: packageSchema.functions["vpnaas:index:getPeerConfiguration"],
};

const TYPES = packageSchema.types as unknown as Readonly<Record<string, Property>>;

/** A property with its reference resolved. */
export function resolve(property: Property): Property {
  if (property.$ref === undefined) return property;
  return { ...TYPES[property.$ref.replace("#/types/", "")], ...property };
}

/** Whether a property is an input in a dialect, or a dialect has a resource. */
export function isInDialect(
  one: Readonly<Record<string, unknown>> | ResourceSchema,
  dialect: Dialect,
): boolean {
  return (one as Readonly<Record<string, unknown>>)[`x-${dialect}`] !== false;
}
