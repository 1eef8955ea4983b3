import { randomUUID } from "node:crypto";

import {
  CanceledError,
  messageOf,
  NotFoundError,
  PartialFailureError,
  WaitError,
} from "../../errors";
import type { Log } from "../../log";
import { isAborted } from "../../wait/cancellation";
import { isSetUp } from "../../wait/statuses";
import { type Context, timed } from "../core/context";
import { displayNameOf } from "../../model/labels";
import { resourceType } from "../../schema/resourceType";
import { changedFields, type DiffResult } from "./diff";
import type { OwnershipRegistry } from "../core/ownership";
import type { ReadResult } from "./read";
import { statusOf } from "../reconcile/observe";
import type { Created } from "../adoption/orphans";
import { problemOf, awaitReady, type Outcome } from "../reconcile/awaitReady";
import { isPlainObject } from "../../schema/equality";
import { isSwitchedOff } from "../../model/waitPolicy";
import { toInputs } from "../../model/wireMapping";
import type { Inputs, State, Values, WireObject } from "../../values";

/**
 * Pulumi's operations for a ConnectionsReady, which waits for connections of other resources. The
 * contexts are those of connections.
 */

/** The type of the resource. */
export const connectionsReadyType = resourceType("ConnectionsReady");

/** The environment of {@link diffConnectionsReady}. */
type ReadyEnvironment = Omit<Parameters<typeof changedFields>[0], "definition"> & {
  readonly ownership: OwnershipRegistry;
  readonly log: Log;
  /** The context of connections; logs in, and may fail like every request. */
  readonly context: () => Promise<Context>;
};

/**
 * Compares the state with new inputs. It also counts as changed if this run changes one of the
 * connections, if the state does not show each of them as ready, or if the cloud does not: a run
 * that was killed, or had another target, may have changed them without a wait.
 *
 * The cloud is read last, and once for all connections. If it does not respond, that counts as
 * changed too, and is logged, so that the next `up` reads it again.
 */
export async function diffConnectionsReady(
  environment: ReadyEnvironment,
  id: string,
  state: State,
  inputs: Inputs,
): Promise<DiffResult> {
  const changed = changedFields(
    { ...environment, definition: connectionsReadyType },
    state,
    inputs,
  );
  const ids = idsIn(inputs);
  const isUnsettled = (one: string) =>
    environment.ownership.isToChange(one) || !isReady(state, inputs, one);
  const isChanged = changed.length > 0 || ids.some(isUnsettled);
  return {
    changes: isChanged || (ids.length > 0 && !(await areReadyNow(environment, id, inputs))),
    changed,
    replaces: changed.filter((field) => field.createOnly).map(({ name }) => name),
    deleteBeforeReplace: false,
  };
}

/** Whether the cloud shows all connections as ready for those inputs. */
async function areReadyNow(
  environment: ReadyEnvironment,
  id: string,
  inputs: Inputs,
): Promise<boolean> {
  try {
    const context = await environment.context();
    const observed = await observeAll(context, inputs);
    return observed.every(({ live }) => live !== undefined && isReadyNow(context, live, inputs));
  } catch (error) {
    if (CanceledError.isInstance(error)) throw error;
    environment.log.once(
      `readiness unknown ${id}`,
      `${displayNameOf(connectionsReadyType.kind, id, {})} could not check whether its connections are ready (${messageOf(error)}); the next \`pulumi up\` checks again.`,
    );
    return false;
  }
}

/**
 * Waits for all connections.
 * @throws WaitError that names those that are in ERROR, deleted or late; CanceledError; nothing is
 * lost with them.
 */
export async function createConnectionsReady(context: Context, inputs: Inputs): Promise<Created> {
  const { outputs, problem } = await wait(context, "create", inputs);
  if (problem !== undefined) {
    throw isAborted(context.signal) ? new CanceledError(problem) : new WaitError(problem);
  }
  return { id: randomUUID(), outputs };
}

/**
 * Waits for all connections again.
 * @throws PartialFailureError with the observed statuses, so that the next `up` polls again.
 */
export async function updateConnectionsReady(
  context: Context,
  id: string,
  inputs: Inputs,
): Promise<Record<string, unknown>> {
  const { outputs, problem } = await wait(context, "update", inputs);
  if (problem !== undefined) throw new PartialFailureError(id, outputs, problem);
  return outputs;
}

/** The current statuses; a connection that is not found is left out. */
export async function readConnectionsReady(context: Context, state: State): Promise<ReadResult> {
  const inputs = toInputs(connectionsReadyType, context.dialect, state);
  return { inputs, outputs: outputsFor(context, inputs, await observeAll(context, state)) };
}

/**
 * The current connections of some inputs; an outcome lacks `live` if its connection is not found.
 */
function observeAll({ client, resource }: Context, values: Values): Promise<Outcome[]> {
  return Promise.all(
    idsIn(values).map(async (id) => {
      try {
        return { id, live: await client.getRecent(resource.definition, id) };
      } catch (error) {
        if (!NotFoundError.isInstance(error)) throw error;
        return { id };
      }
    }),
  );
}

async function wait(
  context: Context,
  operation: "create" | "update",
  inputs: Inputs,
): Promise<{ outputs: Record<string, unknown>; problem: string | undefined }> {
  const timedContext = timed(context, operation, inputs);
  const begin = context.clock.now();
  const outcomes = await awaitReady(timedContext, inputs, idsIn(inputs));
  const problem = problemOf(timedContext, inputs, outcomes, begin);
  return { outputs: outputsFor(context, inputs, outcomes), problem };
}

function outputsFor(
  { resource }: Context,
  inputs: Inputs,
  outcomes: readonly Outcome[],
): Record<string, unknown> {
  const observed = outcomes.flatMap(({ id, live }) => (live === undefined ? [] : [{ id, live }]));
  const switchedOff = observed
    .filter(({ live }) => isSwitchedOff(resource.definition, live))
    .map(({ id }) => id);
  return {
    ...inputs,
    statuses: Object.fromEntries(observed.map(({ id, live }) => [id, statusOf(live)])),
    // Omitted when empty, to keep the state small.
    ...(switchedOff.length > 0 && { switchedOff }),
  };
}

/** Whether a state shows a connection as ready for those inputs. */
function isReady(state: State, inputs: Inputs, id: string): boolean {
  const { statuses, switchedOff } = state;
  if (Array.isArray(switchedOff) && switchedOff.includes(id)) return true;
  const status = isPlainObject(statuses) ? statuses[id] : undefined;
  return typeof status === "string" && hasDesiredStatus(status, inputs);
}

/** Whether the cloud shows a connection as ready for those inputs. */
function isReadyNow({ resource }: Context, live: WireObject, inputs: Inputs): boolean {
  return isSwitchedOff(resource.definition, live) || hasDesiredStatus(statusOf(live), inputs);
}

function hasDesiredStatus(status: string, inputs: Inputs): boolean {
  return inputs["waitFor"] === "active" ? status === "ACTIVE" : isSetUp(status);
}

function idsIn({ ids }: Values): string[] {
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
}
