import { TransportError } from "../errors";
import type { Answer } from "../http/transport";
import type { Collection, WireObject } from "./collection";

type Attributes = Readonly<Record<string, unknown>>;

/** What an answer was asked for. */
export interface Wanted {
  /** For messages: `read IpsecSiteConnection 3f2c...`. */
  readonly intent: string;
  /** The id of the object, where it is known. */
  readonly id?: string;
  /** Attributes may be missing. */
  readonly how?: "part" | undefined;
}

/**
 * The attributes in the answer to a request for one object, not yet looked at.
 * @throws TransportError where there are none
 */
export function attributesIn(place: Collection, answer: Answer, { intent }: Wanted): Attributes {
  const object = (answer.body as Attributes | null | undefined)?.[place.envelope];
  if (!isAttributes(object))
    throw unexpectedResponseError(intent, `it has no object "${place.envelope}"`);
  return object;
}

/**
 * The object that those attributes are, under both names of its project.
 * @throws TransportError where they are not that object: another id, or what {@link Collection.wrongIn}
 * says
 */
export function objectOf(place: Collection, attributes: unknown, wanted: Wanted): WireObject {
  const { intent, id, how } = wanted;
  if (!isAttributes(attributes))
    throw unexpectedResponseError(intent, "it holds what is not an object");
  const object = normalize(attributes);
  const wrong = wrongIdIn(object, id) ?? place.wrongIn(object, how);
  if (wrong !== undefined) throw unexpectedResponseError(intent, wrong);
  return object as WireObject;
}

/**
 * The error for an answer that is not one of this API, such as a proxy's page with status 200. Whether
 * the request was done is open.
 */
export function unexpectedResponseError(intent: string, what: string): TransportError {
  return new TransportError(
    `Could not ${intent}: the answer is not one of this API: ${what}. Check the endpoint and the proxy settings.`,
    true,
  );
}

/** Ids are the same in upper and lower case, as databases compare them. */
function wrongIdIn({ id }: Attributes, wanted: string | undefined): string | undefined {
  if (typeof id !== "string") return "`id` is not a text";
  if (!/^[\w-]+$/.test(id)) return "`id` is malformed";
  const isSame = wanted === undefined || id.toLowerCase() === wanted.toLowerCase();
  return isSame ? undefined : "`id` is that of another object";
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** K5 knows `tenant_id` only; upstream sends both names. */
function normalize(attributes: Attributes): Attributes {
  return { ...attributes, project_id: attributes["project_id"] ?? attributes["tenant_id"] };
}
