import { LookupError, NotFoundError } from "../../errors";
import type { Context } from "../core/context";
import { displayName } from "../../model/labels";
import type { Field } from "../../schema/resourceType";
import { listLabels } from "../reconcile/dependents";
import { isAbsent, sameValue } from "../../schema/equality";
import type { Inputs, Values, WireObject } from "../../values";

/**
 * The one object of a kind that has these values, or this id and these values. A text has to be the
 * same to the letter, case included; ids, addresses and networks are the same in any writing.
 *
 * A server may ignore a filter, or refuse it, depending on its release and extensions: it is asked
 * for the name and the project only, and every value is compared here.
 * @throws LookupError where there is none, or more than one: it lists the candidates.
 */
export async function findExisting(
  context: Context,
  wanted: Inputs,
  words = wordsOf(wanted),
): Promise<WireObject> {
  const { id, ...values } = wanted;
  const fields = context.resource.definition.fields.filter(({ name }) => !isAbsent(values[name]));
  const found =
    typeof id === "string"
      ? await withId(context, id)
      : await context.client.list(context.resource.definition, queryOf(fields, values));
  const fitting = found.filter((one) =>
    fields.every((field) => sameValue(field, one[field.wire], values[field.name])),
  );
  if (fitting.length === 1) return fitting[0]!;
  if (fitting.length === 0) throw await noneFound(context, words);
  throw severalFound(context, words, fitting);
}

/**
 * The one object of a kind that a text names: its id, or else its name.
 * @throws LookupError
 */
export async function findByIdOrName(context: Context, text: string): Promise<WireObject> {
  const [byId] = /^[0-9a-f-]{36}$/i.test(text) ? await withId(context, text) : [];
  return byId ?? findExisting(context, { name: text }, `id or name ${JSON.stringify(text)}`);
}

async function withId(context: Context, id: string): Promise<WireObject[]> {
  const { client, resource } = context;
  try {
    return [await client.get(resource.definition, id)];
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    // A 404 proves nothing: a proxy may have answered, and what the list has is there (see gone.ts).
    return (await client.list(resource.definition)).filter((one) => one.id === id);
  }
}

/** Columns of every kind in every release, so that every server takes them. */
const ASKED = ["name", "projectId"];

function queryOf(fields: readonly Field[], values: Values): Record<string, string> {
  const asked = fields.filter(({ name }) => ASKED.includes(name));
  return Object.fromEntries(asked.map(({ name, wire }) => [wire, String(values[name])]));
}

/**
 * Says what there is instead; where that is nothing at all, the login is the likely reason. The list
 * fails where the extension is missing.
 */
async function noneFound(context: Context, words: string): Promise<LookupError> {
  const { client, resource } = context;
  const all = await client.list(resource.definition);
  const there =
    all.length === 0
      ? "It sees none at all: check the project, the region and the role (it takes `member`)."
      : `It sees ${candidates(context, all)}.`;
  return new LookupError(
    `There is no ${resource.definition.kind} with ${words} that this login can see at ${client.endpoint}. ${there}`,
  );
}

function severalFound(
  context: Context,
  words: string,
  fitting: readonly WireObject[],
): LookupError {
  const { kind } = context.resource.definition;
  return new LookupError(
    `${fitting.length} objects fit ${kind} with ${words}: ${candidates(context, fitting)}. Give the id, or more of what tells them apart.`,
  );
}

function candidates(context: Context, objects: readonly WireObject[]): string {
  return listLabels(objects.map((one) => displayName(context, one.id, one)));
}

/** For example `name "office", status "DOWN"`. */
function wordsOf(wanted: Inputs): string {
  return Object.entries(wanted)
    .filter(([, value]) => !isAbsent(value))
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
    .join(", ");
}
