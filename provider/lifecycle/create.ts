import {
  PartialFailureError,
  TransportError,
  UnavailableError,
  VpnaasError,
  messageOf,
} from "../errors";
import type { WireObject } from "../neutron/client";
import { applyChange } from "./change";
import { type Context, deadlineOf, label } from "./context";
import { isDefaultName } from "./defaultName";
import type { Field, Values } from "./definition";
import { untilSettled } from "./settle";
import { isAbsent } from "./values";
import { outputsOf, shows, toWire } from "./wire";

/** A new object and its outputs. */
export interface Created {
  readonly id: string;
  readonly outputs: Record<string, unknown>;
}

/**
 * Creates an object and waits for it as the input `waitFor` says.
 *
 * An object with this resource's own default name, made by a run that did not live to record it,
 * is taken over instead. So is an object that a POST made whose answer was lost.
 * @throws PartialFailureError for anything that fails once the object exists.
 */
export async function create(context: Context, inputs: Values): Promise<Created> {
  const deadline = deadlineOf(context, "create", inputs);
  const twins = await namesakes(context, inputs);
  const left = leftBehind(context, inputs, twins);
  if (left !== undefined) return takeOver(context, inputs, left, deadline);
  const live = await post(context, inputs, twins);
  try {
    const settled = await untilSettled(context, inputs, live, deadline);
    return { id: live.id, outputs: outputsOf(context, settled, inputs) };
  } catch (error) {
    const { client, resource } = context;
    const now = await client.get(resource.definition, live.id, 1).catch(() => live);
    throw new PartialFailureError(live.id, outputsOf(context, now, inputs), messageOf(error));
  }
}

/** Never repeated: when the answer is lost, what it may have made is looked for. */
async function post(
  context: Context,
  inputs: Values,
  before: readonly WireObject[],
): Promise<WireObject> {
  const { client, resource, dialect } = context;
  const body = toWire(resource.definition.fields, dialect, inputs);
  try {
    return await client.create(resource.definition, body, nameOf(inputs));
  } catch (error) {
    const mayHaveMade =
      (TransportError.isInstance(error) && error.sent) || UnavailableError.isInstance(error);
    if (!mayHaveMade) throw error;
    const known = new Set(before.map((one) => one.id));
    const made = await namesakes(context, inputs).catch(() => []);
    const candidates = made.filter(
      (one) => !known.has(one.id) && matches(one, inputs, givenFields(context, inputs)),
    );
    if (candidates.length > 1) throw severalFound(context, inputs, candidates);
    if (candidates[0] === undefined) throw error;
    context.log.info(
      `The answer to creating ${label(context, candidates[0].id, inputs)} was lost; the connection itself was made.`,
    );
    return candidates[0];
  }
}

async function namesakes(context: Context, inputs: Values): Promise<WireObject[]> {
  const name = nameOf(inputs);
  return name === "" ? [] : context.client.list(context.resource.definition, { name });
}

/** What an earlier run of this very resource made and could not record. */
function leftBehind(
  context: Context,
  inputs: Values,
  twins: readonly WireObject[],
): WireObject | undefined {
  const { definition } = context.resource;
  if (!isDefaultName(definition, context.project, nameOf(inputs), inputs)) return undefined;
  const createOnly = givenFields(context, inputs).filter((field) => field.createOnly);
  const candidates = twins.filter((one) => matches(one, inputs, createOnly));
  if (candidates.length > 1) throw severalFound(context, inputs, candidates);
  return candidates[0];
}

async function takeOver(
  context: Context,
  inputs: Values,
  left: WireObject,
  deadline: number,
): Promise<Created> {
  const { id } = left;
  context.log.info(
    `${label(context, id, inputs)} was made by an earlier run that could not record it, and is taken over.`,
  );
  const fields = givenFields(context, inputs).filter((field) => !field.createOnly);
  try {
    const outputs = await applyChange(context, { id, fields, inputs, deadline }, inputs);
    return { id, outputs };
  } catch (error) {
    if (PartialFailureError.isInstance(error)) throw error;
    throw new PartialFailureError(id, outputsOf(context, left, inputs), messageOf(error));
  }
}

function nameOf(inputs: Values): string {
  const { name } = inputs;
  return typeof name === "string" ? name : "";
}

function givenFields(context: Context, inputs: Values): Field[] {
  return context.resource.definition.fields.filter(
    (field) => field.input[context.dialect] && !field.local && !isAbsent(inputs[field.name]),
  );
}

function matches(object: WireObject, inputs: Values, fields: readonly Field[]): boolean {
  return fields.every((field) => shows(field, object, inputs[field.name]));
}

function severalFound(
  context: Context,
  inputs: Values,
  candidates: readonly WireObject[],
): VpnaasError {
  const ids = candidates.map((one) => one.id).join(", ");
  return new VpnaasError(
    `${candidates.length} objects could be the ${context.resource.definition.kind} ${nameOf(inputs)} that an earlier request made: ${ids}. ` +
      "Nothing was taken over. Delete those that nobody uses, then run `pulumi up` again.",
  );
}
