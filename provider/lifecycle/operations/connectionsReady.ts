import { randomUUID } from "node:crypto";

import { messageOf, NotFoundError, PartialFailureError, WaitError } from "../../errors";
import type { Log } from "../../log";
import { isSettled } from "../../wait/statuses";
import { type Context, timed } from "../core/context";
import { displayNameOf } from "../../model/labels";
import { resourceType } from "../../schema/resourceType";
import { changedFields, type DiffResult } from "./diff";
import type { OwnershipRegistry } from "../core/ownership";
import type { ReadResult } from "./read";
import { statusOf } from "../reconcile/awaitStatus";
import type { Created } from "../adoption/orphans";
import { isSwitchedOff, problemOf, awaitReady, type Outcome } from "../reconcile/awaitReady";
import { isPlainObject } from "../../schema/equality";
import { toInputs } from "../../model/wireMapping";
import type { Inputs, State, Values, WireObject } from "../../values";

/*
 * What Pulumi's operations mean for a ConnectionsReady, which waits for connections that others made.
 * Contexts are those of connections.
 */

/** Its shape. */
export const connectionsReadyType = resourceType("ConnectionsReady");

/** What {@link diffConnectionsReady} is made in. */
type ReadyRoom = Omit<Parameters<typeof changedFields>[0], "definition"> & {
  readonly ownership: OwnershipRegistry;
  readonly log: Log;
  /** The context of connections; logs in, and may fail like every request. */
  readonly context: () => Promise<Context>;
};

/**
 * Compares the state with new inputs. It counts as changed as well where this run changes one of the
 * connections, where the state does not show each of them as ready, and where the cloud does not: a
 * run that was killed, or had another target, may have changed them without a wait.
 *
 * The cloud is asked last, and once for all. If it cannot be asked, that counts as changed too, and is
 * logged, so that the next `up` asks it.
 */
export async function diffConnectionsReady(
  room: ReadyRoom,
  id: string,
  state: State,
  inputs: Inputs,
): Promise<DiffResult> {
  const changed = changedFields({ ...room, definition: connectionsReadyType }, state, inputs);
  const ids = idsIn(inputs);
  const isOpen = (one: string) => room.ownership.isToChange(one) || !isReady(state, inputs, one);
  const isChanged = changed.length > 0 || ids.some(isOpen);
  return {
    changes: isChanged || (ids.length > 0 && !(await areReadyNow(room, id, inputs))),
    replaces: changed.filter((field) => field.createOnly).map(({ name }) => name),
    deleteBeforeReplace: false,
  };
}

/** Whether the cloud shows all connections as the inputs want them. */
async function areReadyNow(room: ReadyRoom, id: string, inputs: Inputs): Promise<boolean> {
  try {
    const seen = await lookAtAll(await room.context(), inputs);
    return seen.every(({ live }) => live !== undefined && isReadyNow(live, inputs));
  } catch (error) {
    room.log.once(
      `${displayNameOf(connectionsReadyType.kind, id, {})} cannot ask whether its connections are ready (${messageOf(error)}); the next \`pulumi up\` does.`,
    );
    return false;
  }
}

/**
 * Waits for all connections.
 * @throws WaitError that names those that are in ERROR, gone or late; nothing is lost with it.
 */
export async function createConnectionsReady(context: Context, inputs: Inputs): Promise<Created> {
  const { outputs, problem } = await wait(context, "create", inputs);
  if (problem !== undefined) throw new WaitError(problem);
  return { id: randomUUID(), outputs };
}

/**
 * Waits for all connections again.
 * @throws PartialFailureError with the statuses that were seen, so that the next `up` looks again.
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

/** The statuses as they are now; a connection that is not found is left out. */
export async function readConnectionsReady(context: Context, state: State): Promise<ReadResult> {
  const inputs = toInputs(connectionsReadyType, context.dialect, state);
  return { inputs, outputs: outputsWith(inputs, await lookAtAll(context, state)) };
}

/** The connections of some inputs as they are now; without `live` where one is not found. */
function lookAtAll({ client, resource }: Context, values: Values): Promise<Outcome[]> {
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
  const within = timed(context, operation, inputs);
  const begin = context.clock.now();
  const outcomes = await awaitReady(within, inputs, idsIn(inputs));
  const problem = problemOf(within, inputs, outcomes, begin);
  return { outputs: outputsWith(inputs, outcomes), problem };
}

function outputsWith(inputs: Inputs, outcomes: readonly Outcome[]): Record<string, unknown> {
  const seen = outcomes.flatMap(({ id, live }) => (live === undefined ? [] : [{ id, live }]));
  const switchedOff = seen.filter(({ live }) => isSwitchedOff(live)).map(({ id }) => id);
  return {
    ...inputs,
    statuses: Object.fromEntries(seen.map(({ id, live }) => [id, statusOf(live)])),
    // Nobody pays for it who does not need it.
    ...(switchedOff.length > 0 && { switchedOff }),
  };
}

/** Whether a state shows a connection as the inputs want it. */
function isReady(state: State, inputs: Inputs, id: string): boolean {
  const { statuses, switchedOff } = state;
  if (Array.isArray(switchedOff) && switchedOff.includes(id)) return true;
  const status = isPlainObject(statuses) ? statuses[id] : undefined;
  return typeof status === "string" && isWanted(status, inputs);
}

/** Whether the cloud shows a connection as the inputs want it. */
function isReadyNow(live: WireObject, inputs: Inputs): boolean {
  return isSwitchedOff(live) || isWanted(statusOf(live), inputs);
}

function isWanted(status: string, inputs: Inputs): boolean {
  if (inputs["waitFor"] === "active") return status === "ACTIVE";
  return isSettled(status) && status !== "ERROR";
}

function idsIn({ ids }: Values): string[] {
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
}
