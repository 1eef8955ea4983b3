import { LookupError, NotFoundError } from "../../errors";
import type { Context } from "../core/context";
import { displayName } from "../../model/labels";
import type { Field } from "../../schema/resourceType";
import { listLabels } from "../reconcile/dependents";
import { isAbsent, sameValue } from "../../schema/equality";
import type { Inputs, Values, WireObject } from "../../values";

/**
 * The one object of a type that has these values, or this id and these values. Strings are compared
 * exactly, including case; ids, addresses and networks match in any notation.
 *
 * A server may ignore or refuse a filter, depending on its release and extensions: the query
 * contains only the name and the project, and all values are compared here.
 * @throws LookupError if there is none or more than one; it lists the candidates
 */
export async function findExisting(
  context: Context,
  criteria: Inputs,
  description = describeCriteria(criteria),
): Promise<WireObject> {
  const { id, ...values } = criteria;
  const fields = context.resource.definition.fields.filter(({ name }) => !isAbsent(values[name]));
  const found =
    typeof id === "string"
      ? await listById(context, id)
      : await context.client.list(context.resource.definition, queryOf(fields, values));
  const matching = found.filter((one) =>
    fields.every((field) => sameValue(field, one[field.wire], values[field.name])),
  );
  if (matching.length === 1) return matching[0]!;
  if (matching.length === 0) throw await noMatchError(context, description);
  throw ambiguousError(context, description, matching);
}

/**
 * The one object of a type with the given id or, failing that, the given name.
 * @throws LookupError
 */
export async function findByIdOrName(context: Context, text: string): Promise<WireObject> {
  const [byId] = /^[0-9a-f-]{36}$/i.test(text) ? await listById(context, text) : [];
  return byId ?? findExisting(context, { name: text }, `id or name ${JSON.stringify(text)}`);
}

async function listById(context: Context, id: string): Promise<WireObject[]> {
  const { client, resource } = context;
  try {
    return [await client.get(resource.definition, id)];
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    // A 404 proves nothing: a proxy may have answered, and a listed object exists (see
    // absenceProof.ts).
    return (await client.list(resource.definition)).filter((one) => one.id === id);
  }
}

/** Columns that every type has in every release, so that every server accepts them. */
const FILTER_FIELDS = ["name", "projectId"];

function queryOf(fields: readonly Field[], values: Values): Record<string, string> {
  const filters = fields.filter(({ name }) => FILTER_FIELDS.includes(name));
  return Object.fromEntries(filters.map(({ name, wire }) => [wire, String(values[name])]));
}

/**
 * The error that lists the existing objects instead; if there are none, the login is the likely
 * reason. The list request fails if the extension is missing.
 */
async function noMatchError(context: Context, description: string): Promise<LookupError> {
  const { client, resource } = context;
  const all = await client.list(resource.definition);
  const existing =
    all.length === 0
      ? "None are visible to this login: check the project, the region and the role (`member` is required)."
      : `It sees ${candidates(context, all)}.`;
  return new LookupError(
    `There is no ${resource.definition.kind} with ${description} that this login can see at ${client.endpoint}. ${existing}`,
  );
}

function ambiguousError(
  context: Context,
  description: string,
  matching: readonly WireObject[],
): LookupError {
  const { kind } = context.resource.definition;
  return new LookupError(
    `${matching.length} objects match ${kind} with ${description}: ${candidates(context, matching)}. Use the id or narrower criteria.`,
  );
}

function candidates(context: Context, objects: readonly WireObject[]): string {
  return listLabels(objects.map((one) => displayName(context, one.id, one)));
}

/** For example `name "office", status "DOWN"`. */
function describeCriteria(criteria: Inputs): string {
  return Object.entries(criteria)
    .filter(([, value]) => !isAbsent(value))
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(", ");
}
