import { ApiError, UnavailableError, VpnaasError, messageOf } from "../../errors";
import { unexpectedResponseError } from "../../neutron/responseObjects";
import { formatDuration } from "../../validation/duration";
import { pauseBetweenPolls, pollUntil } from "../../wait/poll";
import { isTransient, isSafeToRetry, retry } from "../../wait/retry";
import type { Context, TimedContext } from "../core/context";
import { displayName, nameOf } from "../../model/labels";
import { configuredFields, matches } from "../core/configuredFields";
import { ambiguousOrphansError } from "../adoption/orphans";
import { toWire } from "../../model/wireMapping";
import type { Inputs, WireObject } from "../../values";

/**
 * How long to look for the object of a POST whose response was lost: the server may still be
 * creating it.
 */
const SEARCH_MS = 15_000;

/**
 * POSTs until the object is created, refused, or its fate is unknown. If a response is lost, looks
 * for the object and does not POST again - except after a 503, once a list shows that nothing was
 * created.
 */
export async function post(
  context: TimedContext,
  inputs: Inputs,
  before: readonly WireObject[],
): Promise<WireObject> {
  const { deadline } = context;
  return retry(context, { deadline, after: isServiceUnavailable }, () =>
    postOnce(context, inputs, before),
  );
}

async function postOnce(
  context: TimedContext,
  inputs: Inputs,
  before: readonly WireObject[],
): Promise<WireObject> {
  const { client, resource, dialect, log } = context;
  const body = toWire(resource.definition.fields, dialect, inputs);
  try {
    const created = await client.create(resource.definition, body, nameOf(inputs));
    assertOwn(context, inputs, before, created);
    return created;
  } catch (error) {
    if (!mayHaveCreated(error)) throw error;
    const created = await findCreated(context, inputs, before, error);
    if (created === undefined) throw error;
    log.info(
      `The response to the creation of ${displayName(context, created.id, inputs)} was lost, but it was created.`,
    );
    return created;
  }
}

/**
 * A response with another object leaves the fate of the new one unknown, as a lost response does.
 * @throws TransportError
 */
function assertOwn(
  context: TimedContext,
  inputs: Inputs,
  before: readonly WireObject[],
  created: WireObject,
): void {
  const fixed = configuredFields(context, inputs).filter((field) => field.createOnly);
  const isKnown =
    before.some(({ id }) => id === created.id) || context.ownership.isHeld(created.id);
  if (!isKnown && matches(created, inputs, fixed)) return;
  const { kind } = context.resource.definition;
  throw unexpectedResponseError(`create ${kind} ${nameOf(inputs)}`, "it shows another object");
}

/** The service reported that it is unavailable. */
function isServiceUnavailable(error: unknown): boolean {
  return UnavailableError.isInstance(error) && error.refusal.status === 503;
}

function mayHaveCreated(error: unknown): boolean {
  if (isSafeToRetry(error)) return false;
  return isTransient(error) || keepsFailedObject(error);
}

/** The OVN driver keeps a service, in ERROR, if it could not set up its gateway (ovn_ipsec.py). */
function keepsFailedObject(error: unknown): boolean {
  return ApiError.isInstance(error) && /^VPNGateway/.test(error.refusal.faultType ?? "");
}

/** The end of a search for the object of a POST: the object, or certainty that there is none. */
interface SearchResult {
  readonly found: WireObject | undefined;
}

/**
 * The one new object with this name that shows every input. Undefined if there is none and the
 * server has reported that the request failed.
 * @throws VpnaasError if the fate of the object stays unknown
 */
async function findCreated(
  context: TimedContext,
  inputs: Inputs,
  before: readonly WireObject[],
  lost: unknown,
): Promise<WireObject | undefined> {
  const { clock, random, resource } = context;
  const begin = clock.now();
  // The search continues after the operation's deadline or cancellation, so that an existing object
  // is not lost.
  const searchContext = { ...context, client: context.client.within(begin + SEARCH_MS) };
  const known = new Set(before.map((one) => one.id));
  const hasAnswer =
    keepsFailedObject(lost) ||
    (ApiError.isInstance(lost) && [500, 503].includes(lost.refusal.status));
  const deadline = begin + SEARCH_MS;
  const search = async (): Promise<SearchResult | undefined> => {
    const now = await listSameName(searchContext, inputs).catch(() => undefined);
    const candidates = now?.filter(
      (one) =>
        !known.has(one.id) &&
        !context.ownership.isHeld(one.id) &&
        matches(one, inputs, configuredFields(context, inputs)),
    );
    if (candidates === undefined) return undefined;
    if (candidates.length > 1) throw ambiguousOrphansError(context, inputs, candidates);
    const [found] = candidates;
    return found !== undefined || hasAnswer ? { found } : undefined;
  };
  const pause = () => pauseBetweenPolls({ clock, random }, { since: begin, deadline });
  const result = await pollUntil(clock, { deadline, poll: search, pause });
  if (result !== undefined) return result.found;
  throw new VpnaasError(
    `${messageOf(lost)} The ${resource.definition.kind} ${nameOf(inputs)} may have been created nevertheless, but was not found in ${formatDuration(clock.now() - begin)}: ` +
      "search the cloud for it before the next `pulumi up`.",
  );
}

/** The visible objects with the name of these inputs; none without a name. */
export async function listSameName(
  { client, dialect, resource }: Context,
  inputs: Inputs,
): Promise<readonly WireObject[]> {
  const name = nameOf(inputs);
  if (name === "") return [];
  // It is not known whether K5 treats several names as alternatives.
  return dialect === "neutron"
    ? client.listNamed(resource.definition, name)
    : client.list(resource.definition, { name });
}
