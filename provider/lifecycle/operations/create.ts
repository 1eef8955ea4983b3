import {
  ApiError,
  PartialFailureError,
  UnavailableError,
  VpnaasError,
  messageOf,
} from "../../errors";
import { unexpectedResponseError } from "../../neutron/responseObjects";
import { formatDuration } from "../../validation/duration";
import { nextPause, statusBackoff } from "../../wait/backoff";
import { isTransient, isSafeToRetry, retry } from "../../wait/retry";
import { findAdoptable } from "../adoption/adoptInput";
import { type Context, timed, type TimedContext } from "../core/context";
import { displayName, nameOf } from "../../model/labels";
import { awaitSettled } from "../reconcile/awaitStatus";
import { configuredFields, matches } from "../core/configuredFields";
import { ambiguousOrphansError, claim, type Created, findOrphan, adopt } from "../adoption/orphans";
import { toWire } from "../../model/wireMapping";
import { outputsOf } from "../core/outputs";
import type { Inputs, WireObject } from "../../values";

/** How long a POST whose answer was lost is looked for: the server may still be at it. */
const LOOK_FOR_MS = 15_000;

/**
 * Creates an object and waits for it as the input `waitFor` says.
 *
 * What the input `adopt` names is taken over instead, and so is an object with this resource's own
 * default name, made by a run that did not live to record it, and one that a POST made whose answer
 * was lost.
 * @throws PartialFailureError for anything that fails once the object exists.
 */
export async function create(context: Context, inputs: Inputs): Promise<Created> {
  const within = timed(context, "create", inputs);
  const adopted = await findAdoptable(within, inputs);
  if (adopted !== undefined) return adopt(within, inputs, claim(within, adopted));
  const { isLeft, live } = await inTurn(within, inputs);
  if (isLeft) return adopt(within, inputs, live);
  try {
    const settled = await awaitSettled(within, inputs, { live });
    return { id: live.id, outputs: outputsOf(within, settled, inputs) };
  } catch (error) {
    const { client, resource } = within;
    const now = await client.get(resource.definition, live.id, 1).catch(() => live);
    throw new PartialFailureError(live.id, outputsOf(within, now, inputs), messageOf(error));
  }
}

/** What a run left behind, or else a new object; it is claimed before the turn of the next one of that name. */
function inTurn(
  context: TimedContext,
  inputs: Inputs,
): Promise<{ readonly isLeft: boolean; readonly live: WireObject }> {
  const { ownership, resource } = context;
  const foundOrMade = async () => {
    const twins = await namesakes(context, inputs);
    const left = findOrphan(context, inputs, twins);
    if (left !== undefined) return { isLeft: true, live: claim(context, left) };
    const live = await post(context, inputs, twins);
    ownership.hold(live.id);
    return { isLeft: false, live };
  };
  // Without a name nothing is looked for, so that nothing can be mistaken.
  if (nameOf(inputs) === "") return foundOrMade();
  return ownership.inTurn(resource.definition, inputs, foundOrMade);
}

/**
 * Asks until it is made, or refused, or nobody can tell. Where an answer is lost, what it may have made
 * is looked for, and nothing is asked for again; after a 503 it is, where the list is back and shows
 * that nothing was made.
 */
async function post(
  context: TimedContext,
  inputs: Inputs,
  before: readonly WireObject[],
): Promise<WireObject> {
  const { deadline } = context;
  return retry(context, { deadline, after: isTurnedAway }, () => postOnce(context, inputs, before));
}

async function postOnce(
  context: TimedContext,
  inputs: Inputs,
  before: readonly WireObject[],
): Promise<WireObject> {
  const { client, resource, dialect, log } = context;
  const body = toWire(resource.definition.fields, dialect, inputs);
  try {
    const made = await client.create(resource.definition, body, nameOf(inputs));
    assertOwn(context, inputs, before, made);
    return made;
  } catch (error) {
    if (!mayHaveMade(error)) throw error;
    const made = await lookFor(context, inputs, before, error);
    if (made === undefined) throw error;
    log.info(
      `The answer to creating ${displayName(context, made.id, inputs)} was lost, but it was made.`,
    );
    return made;
  }
}

/**
 * An answer with another object leaves open what was made, as a lost answer does.
 * @throws TransportError
 */
function assertOwn(
  context: TimedContext,
  inputs: Inputs,
  before: readonly WireObject[],
  made: WireObject,
): void {
  const fixed = configuredFields(context, inputs).filter((field) => field.createOnly);
  const isKnown = before.some(({ id }) => id === made.id) || context.ownership.isHeld(made.id);
  if (!isKnown && matches(made, inputs, fixed)) return;
  const { kind } = context.resource.definition;
  throw unexpectedResponseError(`create ${kind} ${nameOf(inputs)}`, "it shows another object");
}

/** Nobody was there to take it. */
function isTurnedAway(error: unknown): boolean {
  return UnavailableError.isInstance(error) && error.refusal.status === 503;
}

function mayHaveMade(error: unknown): boolean {
  if (isSafeToRetry(error)) return false;
  return isTransient(error) || leavesTheRow(error);
}

/** The OVN driver keeps the service, in ERROR, whose gateway it could not set up (ovn_ipsec.py). */
function leavesTheRow(error: unknown): boolean {
  return ApiError.isInstance(error) && /^VPNGateway/.test(error.refusal.faultType ?? "");
}

/**
 * The one object of this name that was not there before and shows every input. Undefined if there
 * is none and the server has said that it failed.
 * @throws VpnaasError where it stays open whether it was made.
 */
async function lookFor(
  context: TimedContext,
  inputs: Inputs,
  before: readonly WireObject[],
  lost: unknown,
): Promise<WireObject | undefined> {
  const { clock, random, resource } = context;
  const begin = clock.now();
  // The object may be there: it is looked for beyond the end of the operation, so that it is not lost.
  const looking = { ...context, client: context.client.within(begin + LOOK_FOR_MS) };
  const known = new Set(before.map((one) => one.id));
  const hasAnswer =
    leavesTheRow(lost) || (ApiError.isInstance(lost) && [500, 503].includes(lost.refusal.status));
  for (;;) {
    const now = await namesakes(looking, inputs).catch(() => undefined);
    const candidates = now?.filter(
      (one) =>
        !known.has(one.id) &&
        !context.ownership.isHeld(one.id) &&
        matches(one, inputs, configuredFields(context, inputs)),
    );
    if (candidates !== undefined && candidates.length > 1) {
      throw ambiguousOrphansError(context, inputs, candidates);
    }
    if (candidates?.[0] !== undefined) {
      context.ownership.hold(candidates[0].id);
      return candidates[0];
    }
    if (hasAnswer && candidates !== undefined) return undefined;
    if (clock.now() - begin >= LOOK_FOR_MS) break;
    await clock.sleep(nextPause(statusBackoff, clock.now() - begin, random));
  }
  throw new VpnaasError(
    `${messageOf(lost)} The ${resource.definition.kind} ${nameOf(inputs)} may have been made all the same, but was not found in ${formatDuration(clock.now() - begin)}: ` +
      "look for it in the cloud before the next `pulumi up`.",
  );
}

async function namesakes(
  { client, dialect, resource }: Context,
  inputs: Inputs,
): Promise<readonly WireObject[]> {
  const name = nameOf(inputs);
  if (name === "") return [];
  // Of K5 nobody has said that it takes several names as alternatives.
  return dialect === "neutron"
    ? client.listNamed(resource.definition, name)
    : client.list(resource.definition, { name });
}
