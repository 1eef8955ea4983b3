import {
  ApiError,
  PartialFailureError,
  TransportError,
  UnavailableError,
  VpnaasError,
  messageOf,
} from "../errors";
import type { WireObject } from "../neutron/client";
import { formatDuration } from "../validation/duration";
import { nextPause, statusBackoff } from "../wait/backoff";
import { applyChange } from "./change";
import { type Context, label, timed, type TimedContext } from "./context";
import { isDefaultName } from "./defaultName";
import type { Field, Values } from "./definition";
import { statusOf, untilSettled } from "./settle";
import { isAbsent } from "./values";
import { outputsOf, shows, toWire } from "./wire";

/** A new object and its outputs. */
export interface Created {
  readonly id: string;
  readonly outputs: Record<string, unknown>;
}

/** How long a POST whose answer was lost is looked for: the server may still be at it. */
const LOOK_FOR_MS = 15_000;

/**
 * Creates an object and waits for it as the input `waitFor` says.
 *
 * An object with this resource's own default name, made by a run that did not live to record it,
 * is taken over instead. So is an object that a POST made whose answer was lost.
 * @throws PartialFailureError for anything that fails once the object exists.
 */
export async function create(context: Context, inputs: Values): Promise<Created> {
  const within = timed(context, "create", inputs);
  const twins = await namesakes(within, inputs);
  const left = leftBehind(within, inputs, twins);
  if (left !== undefined) return takeOver(within, inputs, left);
  const live = await post(within, inputs, twins);
  try {
    const settled = await untilSettled(within, inputs, { live });
    return { id: live.id, outputs: outputsOf(within, settled, inputs) };
  } catch (error) {
    const { client, resource } = within;
    const now = await client.get(resource.definition, live.id, 1).catch(() => live);
    throw new PartialFailureError(live.id, outputsOf(within, now, inputs), messageOf(error));
  }
}

/** Never repeated: when the answer is lost, what it may have made is looked for. */
async function post(
  context: TimedContext,
  inputs: Values,
  before: readonly WireObject[],
): Promise<WireObject> {
  const { client, resource, dialect, log } = context;
  const body = toWire(resource.definition.fields, dialect, inputs);
  try {
    return await client.create(resource.definition, body, nameOf(inputs));
  } catch (error) {
    if (!mayHaveMade(error)) throw error;
    const made = await lookFor(context, inputs, before, error);
    if (made === undefined) throw error;
    log.info(
      `The answer to creating ${label(context, made.id, inputs)} was lost, but it was made.`,
    );
    return made;
  }
}

function mayHaveMade(error: unknown): boolean {
  return (TransportError.isInstance(error) && error.sent) || UnavailableError.isInstance(error);
}

/**
 * The one object of this name that was not there before and shows every input. Undefined if there
 * is none and the server has said that it failed.
 * @throws VpnaasError where it stays open whether it was made.
 */
async function lookFor(
  context: TimedContext,
  inputs: Values,
  before: readonly WireObject[],
  lost: unknown,
): Promise<WireObject | undefined> {
  const { clock, random, resource } = context;
  const known = new Set(before.map((one) => one.id));
  const begin = clock.now();
  const hasAnswer = ApiError.isInstance(lost) && lost.refusal.status === 500;
  for (;;) {
    const now = await namesakes(context, inputs).catch(() => undefined);
    const candidates = now?.filter(
      (one) => !known.has(one.id) && matches(one, inputs, givenFields(context, inputs)),
    );
    if (candidates !== undefined && candidates.length > 1) {
      throw severalFound(context, inputs, candidates);
    }
    if (candidates?.[0] !== undefined) return candidates[0];
    if (hasAnswer && candidates !== undefined) return undefined;
    if (clock.now() - begin >= LOOK_FOR_MS || clock.now() >= context.deadline) break;
    await clock.sleep(nextPause(statusBackoff, clock.now() - begin, random));
  }
  throw new VpnaasError(
    `${messageOf(lost)} The ${resource.definition.kind} ${nameOf(inputs)} may have been made all the same, but was not found in ${formatDuration(clock.now() - begin)}: ` +
      "look for it in the cloud before the next `pulumi up`.",
  );
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
  const { definition, identity } = context.resource;
  const name = nameOf(inputs);
  if (!isDefaultName(definition, context.project, name, inputs)) return undefined;
  const own = givenFields(context, inputs).filter(
    (field) => field.createOnly || identity.includes(field.name),
  );
  const candidates = twins.filter(
    (one) => statusOf(one) !== "PENDING_DELETE" && matches(one, inputs, own),
  );
  if (candidates.length > 1) throw severalFound(context, inputs, candidates);
  return candidates[0];
}

async function takeOver(context: TimedContext, inputs: Values, left: WireObject): Promise<Created> {
  const { id } = left;
  context.takenOver.add(id);
  context.log.info(
    `${label(context, id, inputs)} was made by an earlier run that could not record it, and is taken over. ` +
      "If the engine warns of a pending operation, `pulumi refresh --clear-pending-creates` ends that.",
  );
  const fields = givenFields(context, inputs).filter((field) => !field.createOnly);
  try {
    const outputs = await applyChange(context, { id, fields, inputs, declared: inputs });
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
