import { randomUUID } from "node:crypto";

import { NotFoundError, PartialFailureError, WaitError } from "../errors";
import { isSettled } from "../wait/statuses";
import { type Context, timed } from "./context";
import { shapeOf, type Values } from "./definition";
import { changedFields, type DiffResult } from "./diff";
import type { Holdings } from "./holdings";
import type { ReadResult } from "./read";
import { statusOf } from "./settle";
import type { Created } from "./takeOver";
import { isSwitchedOff, problemOf, untilReady, type Outcome } from "./untilReady";
import { isPlainObject } from "./values";
import { toInputs } from "./wire";

/*
 * What Pulumi's operations mean for a ConnectionsReady, which waits for connections that others made.
 * Contexts are those of connections.
 */

/** Its shape. */
export const readyShape = shapeOf("ConnectionsReady");

/** What {@link diffReady} is made in. */
type ReadyRoom = Omit<Parameters<typeof changedFields>[0], "definition"> & {
  readonly holdings: Holdings;
};

/**
 * Compares the state with new inputs. It counts as changed as well where this run changes one of the
 * connections, and where the state does not show each of them as ready.
 */
export function diffReady(room: ReadyRoom, state: Values, inputs: Values): DiffResult {
  const changed = changedFields({ ...room, definition: readyShape }, state, inputs);
  const isOpen = (id: string) => room.holdings.isToChange(id) || !isReady(state, inputs, id);
  return {
    changes: changed.length > 0 || idsIn(inputs).some(isOpen),
    replaces: changed.filter((field) => field.createOnly).map(({ name }) => name),
    deleteBeforeReplace: false,
  };
}

/**
 * Waits for all connections.
 * @throws WaitError that names those that are in ERROR, gone or late; nothing is lost with it.
 */
export async function createReady(context: Context, inputs: Values): Promise<Created> {
  const { outputs, problem } = await wait(context, "create", inputs);
  if (problem !== undefined) throw new WaitError(problem);
  return { id: randomUUID(), outputs };
}

/**
 * Waits for all connections again.
 * @throws PartialFailureError with the statuses that were seen, so that the next `up` looks again.
 */
export async function updateReady(
  context: Context,
  id: string,
  inputs: Values,
): Promise<Record<string, unknown>> {
  const { outputs, problem } = await wait(context, "update", inputs);
  if (problem !== undefined) throw new PartialFailureError(id, outputs, problem);
  return outputs;
}

/** The statuses as they are now; a connection that is not found is left out. */
export async function readReady(context: Context, state: Values): Promise<ReadResult> {
  const { client, resource, dialect } = context;
  const found = await Promise.all(
    idsIn(state).map(async (id) => {
      try {
        return { id, live: await client.getRecent(resource.definition, id) };
      } catch (error) {
        if (!NotFoundError.isInstance(error)) throw error;
        return { id };
      }
    }),
  );
  const inputs = toInputs(readyShape, dialect, state);
  return { inputs, outputs: outputsWith(inputs, found) };
}

async function wait(
  context: Context,
  operation: "create" | "update",
  inputs: Values,
): Promise<{ outputs: Record<string, unknown>; problem: string | undefined }> {
  const within = timed(context, operation, inputs);
  const begin = context.clock.now();
  const outcomes = await untilReady(within, inputs, idsIn(inputs));
  const problem = problemOf(within, inputs, outcomes, begin);
  return { outputs: outputsWith(inputs, outcomes), problem };
}

function outputsWith(inputs: Values, outcomes: readonly Outcome[]): Record<string, unknown> {
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
function isReady(state: Values, inputs: Values, id: string): boolean {
  const { statuses, switchedOff } = state;
  if (Array.isArray(switchedOff) && switchedOff.includes(id)) return true;
  const status = isPlainObject(statuses) ? statuses[id] : undefined;
  if (typeof status !== "string") return false;
  if (inputs["waitFor"] === "active") return status === "ACTIVE";
  return isSettled(status) && status !== "ERROR";
}

function idsIn({ ids }: Values): string[] {
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
}
