import { CanceledError, GoneError, messageOf, NotFoundError, WaitError } from "../../errors";
import { Log } from "../../log";
import { escapeControlCharacters } from "../../controlCharacters";
import { formatDuration } from "../../validation/duration";
import type { Context, TimedContext } from "../core/context";
import { nameOf } from "../../model/labels";
import { logDownChecklist } from "../core/downChecklist";
import { awaitSettled } from "./awaitStatus";
import { observe, statusOf, notFoundError } from "./observe";
import { listLabels } from "./dependents";
import { isSwitchedOff } from "../../model/waitPolicy";
import { toOutputs } from "../../model/wireMapping";
import type { Inputs, Values, WireObject } from "../../values";

/** The result of the wait for one connection. */
export interface Outcome {
  readonly id: string;
  /** The last observed object; missing if it is deleted or could not be read. */
  readonly live?: WireObject | undefined;
  /** Why the connection does not count as ready; missing if it does. */
  readonly error?: unknown;
}

/**
 * Waits for connections in parallel until each has settled, as {@link awaitSettled} waits for one.
 * There is no wait for a connection that is administratively down, and a status from before a PUT
 * of this run does not count as one from after it. One line reports all connections that are DOWN,
 * with a checklist once per run. Never rejects: the outcomes contain the errors.
 *
 * The context is one of connections; `inputs` are those of a ConnectionsReady.
 */
export async function awaitReady(
  context: TimedContext,
  inputs: Inputs,
  ids: readonly string[],
): Promise<Outcome[]> {
  const outcomes = await Promise.all(ids.map((id) => outcomeOf(context, inputs, id)));
  logDown(context, outcomes);
  return outcomes;
}

async function outcomeOf(context: TimedContext, inputs: Inputs, id: string): Promise<Outcome> {
  let live: WireObject | undefined;
  try {
    live = await firstPoll(context, id);
    const { name, ...outputs }: Values = toOutputs(context.resource.definition, live, {});
    const wait: Inputs = {
      ...outputs,
      ...(!context.ownership.hidesName(id) && { name }),
      waitFor: inputs["waitFor"],
    };
    const last = context.ownership.lastChange(id);
    const isStale = last !== undefined && last.status === statusOf(live);
    const done = { live, changedAt: isStale ? last.changedAt : undefined };
    return { id, live: await awaitSettled({ ...context, log: SILENT_LOG }, wait, done) };
  } catch (error) {
    if (GoneError.isInstance(error)) return { id, error };
    if (!WaitError.isInstance(error)) return { id, live, error };
    return { id, error, live: await observe(context, id, {}, 1).catch(() => live) };
  }
}

/** If there are many, one list of all connections serves all first polls. */
async function firstPoll(context: Context, id: string): Promise<WireObject> {
  try {
    return await context.client.getRecent(context.resource.definition, id);
  } catch (error) {
    if (NotFoundError.isInstance(error)) throw notFoundError(context, id, {}, error);
    throw error;
  }
}

/** Individual waits stay silent; the result is reported once for all connections. */
const SILENT_LOG = new Log(() => undefined);

function logDown(context: Context, outcomes: readonly Outcome[]): void {
  const down = outcomes.filter(
    ({ live, error }) =>
      error === undefined &&
      statusOf(live!) === "DOWN" &&
      !isSwitchedOff(context.resource.definition, live!),
  );
  if (down.length === 0) return;
  context.log.info(
    `${countOf(down, outcomes)} DOWN: ${listLabels(down.map((one) => labelOf(context, one)))}.`,
  );
  logDownChecklist(context);
}

/**
 * Why connections do not count as ready, for people: every connection in ERROR and every deleted
 * one, the numbers of late and of canceled ones with the first of them, and the first reason of
 * other failures. Undefined if all are ready.
 */
export function problemOf(
  context: TimedContext,
  inputs: Inputs,
  outcomes: readonly Outcome[],
  begin: number,
): string | undefined {
  const failed = outcomes.filter(({ error }) => error !== undefined);
  const gone = failed.filter(({ error }) => GoneError.isInstance(error));
  const waited = failed.filter(({ error }) => WaitError.isInstance(error));
  const inError = waited.filter(({ live }) => statusOf(live!) === "ERROR");
  const late = waited.filter((one) => !inError.includes(one));
  const canceled = failed.filter(({ error }) => CanceledError.isInstance(error));
  const explained = [...gone, ...waited, ...canceled];
  const others = failed.filter((one) => !explained.includes(one));
  const label = (one: Outcome) => labelOf(context, one);
  const lines: string[] = [];
  if (inError.length > 0) {
    lines.push(
      `${countOf(inError, outcomes)} in status ERROR: ${inError.map(label).join(", ")}. ` +
        "The cloud accepted their settings, but could not set them up: check that networks and peers can be reached from the router, or ask the cloud's operator for the VPN agent's log. " +
        "The next `pulumi up` checks again; `pulumi up --replace <urn>` creates another connection.",
    );
  }
  if (late.length > 0) {
    const goal = inputs["waitFor"] === "active" ? "ACTIVE" : "settled";
    const names = late.map((one) => `${label(one)} is ${statusOf(one.live!)}`);
    lines.push(
      `${countOf(late, outcomes)} not ${goal} after ${formatDuration(context.clock.now() - begin)}: ${listLabels(names)}. ${adviceFor(context, late)}`,
    );
  }
  if (gone.length > 0) {
    const rest = gone.slice(1).map(label);
    const same = rest.length === 0 ? "" : ` The same goes for ${rest.join(", ")}.`;
    lines.push(`${messageOf(gone[0]!.error)}${same}`);
  }
  if (canceled.length > 0) {
    lines.push(
      `${countOf(canceled, outcomes)} not waited for any longer, since the operation was canceled: ${listLabels(canceled.map(label))}. The next \`pulumi up\` continues to wait.`,
    );
  }
  if (others.length > 0) {
    lines.push(
      `${countOf(others, outcomes)} of unknown status: ${listLabels(others.map(label))}. ${messageOf(others[0]!.error)}`,
    );
  }
  return lines.length === 0 ? undefined : lines.join("\n");
}

function adviceFor(context: Context, late: readonly Outcome[]): string {
  const statuses = new Set(late.map(({ live }) => statusOf(live!)));
  if (statuses.has("ACTIVE")) {
    return "An ACTIVE may be as old as a minute after a change: give timeouts more than that.";
  }
  const checklist = context.resource.downChecklist?.(context.dialect);
  if (statuses.has("DOWN") && checklist !== undefined) return checklist;
  return "The next `pulumi up` continues to wait. Raise timeouts, or ask the cloud's operator whether its VPN agent runs.";
}

/** For example `3 of 40 connections are`. */
function countOf(some: readonly Outcome[], all: readonly Outcome[]): string {
  return `${some.length} of ${all.length} connections ${some.length === 1 ? "is" : "are"}`;
}

/** The name and id; only the id if it has no name or the program marks the name as secret. */
function labelOf({ ownership }: Context, { id, live }: Outcome): string {
  const name = ownership.hidesName(id) ? "" : nameOf(live ?? {});
  return escapeControlCharacters(name === "" ? id : `${name} (${id})`);
}
