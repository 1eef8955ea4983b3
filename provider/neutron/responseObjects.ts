import { TransportError } from "../errors";
import type { Answer } from "../http/transport";
import type { Collection, WireObject } from "./collection";

type Attributes = Readonly<Record<string, unknown>>;

/** The request that a response belongs to. */
export interface ExpectedResponse {
  /** For messages: `read IpsecSiteConnection 3f2c...`. */
  readonly intent: string;
  /** The id of the requested object, if it is known. */
  readonly id?: string;
  /** Attributes may be missing. */
  readonly how?: "part" | undefined;
}

/**
 * The attributes in the response to a request for one object, before any check.
 * @throws TransportError if there are none
 */
export function attributesIn(
  collection: Collection,
  answer: Answer,
  { intent }: ExpectedResponse,
): Attributes {
  const object = (answer.body as Attributes | null | undefined)?.[collection.envelope];
  if (!isAttributes(object))
    throw unexpectedResponseError(intent, `it has no object "${collection.envelope}"`);
  return object;
}

/**
 * The object with those attributes, under both names of its project.
 * @throws TransportError if the id is that of another object, or {@link Collection.problemIn} finds a
 * problem
 */
export function objectOf(
  collection: Collection,
  attributes: unknown,
  expected: ExpectedResponse,
): WireObject {
  const { intent, id, how } = expected;
  if (!isAttributes(attributes))
    throw unexpectedResponseError(intent, "it has an item that is not an object");
  const object = normalize(attributes);
  const wrong = wrongIdIn(object, id) ?? collection.problemIn(object, how);
  if (wrong !== undefined) throw unexpectedResponseError(intent, wrong);
  return object as WireObject;
}

/**
 * The error for a response that does not come from this API, such as a proxy's page with status
 * 200. Whether the request took effect is unknown.
 */
export function unexpectedResponseError(intent: string, what: string): TransportError {
  return new TransportError(
    `Could not ${intent}: the answer is not one of this API: ${what}. Check the endpoint and the proxy settings.`,
    true,
  );
}

/** Ids are compared without regard to case, as databases do. */
function wrongIdIn({ id }: Attributes, expected: string | undefined): string | undefined {
  if (typeof id !== "string") return "`id` is not a string";
  if (!/^[\w-]+$/.test(id)) return "`id` is malformed";
  const isSame = expected === undefined || id.toLowerCase() === expected.toLowerCase();
  return isSame ? undefined : "`id` is that of another object";
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** K5 sends `tenant_id` only; upstream sends both names. */
function normalize(attributes: Attributes): Attributes {
  return { ...attributes, project_id: attributes["project_id"] ?? attributes["tenant_id"] };
}
