import {
  ApiError,
  MismatchError,
  NotFoundError,
  PartialFailureError,
  PendingStateError,
  messageOf,
} from "../errors";
import type { WireObject } from "../neutron/client";
import { isPending } from "../wait/statuses";
import { type Context, label } from "./context";
import type { Field, Values } from "./definition";
import { statusOf, untilSettled, untilUpdatable, vanished } from "./settle";
import { outputsOf, shows, toWire } from "./wire";

/** What is to be changed on an object that exists. */
export interface Change {
  readonly id: string;
  /** The fields to send, where the cloud does not show them already. */
  readonly fields: readonly Field[];
  readonly inputs: Values;
  /** In milliseconds since the epoch. */
  readonly deadline: number;
}

/**
 * Brings an object to its inputs: waits until it can be changed, PUTs only what is to change (and
 * nothing where the cloud shows it all), waits until it has settled, and compares.
 * @returns the outputs
 * @throws PartialFailureError with what is there, for anything that fails after the PUT; before
 * that the error itself: nothing was changed then.
 */
export async function applyChange(
  context: Context,
  change: Change,
  declared: Values,
): Promise<Record<string, unknown>> {
  const { id, inputs, deadline } = change;
  let live = await untilUpdatable(context, id, inputs, deadline);
  const fields = change.fields.filter((field) => !field.local);
  const toSend = fields.filter((field) => !shows(field, live, inputs[field.name], "exactly"));
  let changedAt: number | undefined;
  if (toSend.length > 0) {
    context.log.once(context.resource.changeNotice);
    live = await put(context, change, toWire(toSend, context.dialect, inputs));
    changedAt = context.clock.now();
  }
  try {
    live = await untilSettled(context, inputs, live, deadline, changedAt);
    assertShown(context, change, live, fields);
  } catch (error) {
    const now = await context.client.get(context.resource.definition, id, 1).catch(() => live);
    throw new PartialFailureError(id, outputsOf(context, now, declared), messageOf(error));
  }
  return outputsOf(context, live, declared);
}

/** PUTs, and goes back to waiting as long as the object turns out to be pending after all. */
async function put(
  context: Context,
  change: Change,
  body: Readonly<Record<string, unknown>>,
): Promise<WireObject> {
  const { client, resource } = context;
  const { id, inputs, deadline } = change;
  for (;;) {
    try {
      return await client.update(resource.definition, id, body);
    } catch (error) {
      if (NotFoundError.isInstance(error)) throw vanished(context, id, inputs, error);
      if (!ApiError.isInstance(error)) throw error;
      if (!(await wasPending(context, id, error)) || context.clock.now() >= deadline) throw error;
    }
    await untilUpdatable(context, id, inputs, deadline);
  }
}

/** A refusal without a reason is explained by the status, if that is pending now. */
async function wasPending(context: Context, id: string, error: ApiError): Promise<boolean> {
  const { status, faultType } = error.refusal;
  if (PendingStateError.isInstance(error)) return true;
  if ((status !== 400 && status !== 409) || faultType !== undefined) return false;
  return isPending(statusOf(await context.client.get(context.resource.definition, id)));
}

function assertShown(
  context: Context,
  change: Change,
  live: WireObject,
  fields: readonly Field[],
): void {
  const wrong = fields.filter((field) => !shows(field, live, change.inputs[field.name]));
  if (wrong.length === 0) return;
  const names = wrong.map(({ name, secret }) => (secret ? `${name} (hidden)` : name)).join(", ");
  throw new MismatchError(
    `The cloud took the change of ${label(context, change.id, change.inputs)}, but shows something else for: ${names}. ` +
      "Another client may have changed it at the same time; run `pulumi up --refresh`.",
  );
}
