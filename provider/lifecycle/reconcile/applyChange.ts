import {
  ApiError,
  InUseError,
  ImmutableError,
  MismatchError,
  NotFoundError,
  PartialFailureError,
  PendingStateError,
  isUnexplained,
  messageOf,
} from "../../errors";
import { nextPause, statusBackoff } from "../../wait/backoff";
import { retry } from "../../wait/retry";
import { isPending } from "../../wait/statuses";
import type { TimedContext } from "../core/context";
import { displayName } from "../../model/labels";
import type { Field } from "../../schema/resourceType";
import { driftCorrections, uncorrectedDrift } from "./driftPolicy";
import { immutableReason } from "./immutability";
import { observe, statusOf, awaitSettled, awaitUpdatable, notFoundError } from "./awaitStatus";
import { withoutAbsent } from "../../schema/equality";
import { isShownAs, toWire, fieldsToSend } from "../../model/wireMapping";
import { outputsOf } from "../core/outputs";
import type { Inputs, Values, WireObject } from "../../values";

/** What is to be changed on an object that exists. */
export interface Change {
  readonly id: string;
  /** The fields to send, where the cloud does not show them already. */
  readonly fields: readonly Field[];
  readonly inputs: Inputs;
  /** What outputs are made with: see `toOutputs`. */
  readonly declared: Values;
  /** What the object should look like before; drift from it is dealt with as `vpnaas:onDrift` says. */
  readonly state?: Values;
}

/**
 * Brings an object to its inputs: looks for drift, waits until it can be changed, PUTs only what is to change, waits
 * until it has settled, reads it back and compares. Where the cloud shows it all, nothing is sent; what
 * the state lacks of it counts as changed now, since the status may be that of before.
 * @returns the outputs; an input that has drifted and was not sent stays as the state has it
 * @throws PartialFailureError with such outputs, for anything that fails after the PUT; before
 * that the error itself: nothing was changed then.
 */
export async function applyChange(
  context: TimedContext,
  change: Change,
): Promise<Record<string, unknown>> {
  const { id, inputs, state } = change;
  const fieldsFor = async (seen: WireObject) => [
    ...change.fields,
    ...(state === undefined ? [] : await driftCorrections(context, { ...change, state }, seen)),
  ];
  let live = await observe(context, id, inputs);
  let fields = await fieldsFor(live);
  let sent: readonly Field[] = [];
  let changedAt: number | undefined;
  if (fieldsToSend(fields, live, inputs).length > 0) {
    await assertNotLocked(context, id, inputs);
    let seen: WireObject | undefined = live;
    // What a lost PUT has done shows when it is looked at again, and is not sent twice.
    live = await retry(context, { deadline: context.deadline }, async () => {
      const now = await awaitUpdatable(context, id, inputs, seen);
      seen = undefined;
      // Somebody may have been at it while it was waited for.
      fields = await fieldsFor(now);
      sent = fieldsToSend(fields, now, inputs);
      const body = toWire(sent, context.dialect, inputs);
      if (Object.keys(body).length === 0) return now;
      const { changeNotice } = context.resource;
      if (changeNotice !== undefined) context.log.once(changeNotice);
      try {
        return await put(context, change, body);
      } finally {
        changedAt = context.clock.now();
      }
    });
  }
  // A run that was killed before it could record its PUT may have sent it just now.
  if (state !== undefined && change.fields.some(({ local }) => !local)) {
    changedAt ??= context.clock.now();
  }
  const declared = without(change.declared, fields);
  const outputsFor = (seen: WireObject) => {
    const left = state === undefined ? {} : uncorrectedDrift(context, { fields, state }, seen);
    return withoutAbsent({ ...outputsOf(context, seen, declared), ...left });
  };
  const settled = () => {
    if (changedAt !== undefined)
      context.ownership.changed(id, { changedAt, status: statusOf(live) });
    return awaitSettled(context, inputs, { live, changedAt });
  };
  try {
    live = await settled();
    if (changedAt !== undefined && context.onDrift === "correct") fields = await fieldsFor(live);
    // Between the look and the PUT somebody changed what was right. Sent all at once, what two runs
    // want at the same time ends as one of them has it, and never in a mix.
    if (changedAt !== undefined && wrong(fields, live, inputs).some((one) => !sent.includes(one))) {
      live = await put(context, change, toWire(fields, context.dialect, inputs));
      changedAt = context.clock.now();
      live = await settled();
    }
    assertShown(context, change, live, fields);
  } catch (error) {
    const now = await context.client.get(context.resource.definition, id, 1).catch(() => live);
    throw new PartialFailureError(id, outputsFor(now), messageOf(error));
  }
  return outputsFor(live);
}

/** What was declared; of what is sent it does not count what it was resolved to before. */
function without(declared: Values, sent: readonly Field[]): Values {
  const resolved = new Set(sent.map(({ resolvedBy }) => resolvedBy));
  return Object.fromEntries(Object.entries(declared).filter(([name]) => !resolved.has(name)));
}

/** A wait for what never comes, or a refusal in the server's words alone, would help nobody. */
async function assertNotLocked(context: TimedContext, id: string, inputs: Inputs): Promise<void> {
  const because = await immutableReason(context, id, inputs);
  if (because === undefined) return;
  throw new ImmutableError(
    `${displayName(context, id, inputs)} cannot be changed now: ${because}. Nothing was changed.`,
  );
}

/**
 * PUTs until it is not refused as pending, and waits in between. A refusal that gives no reason (K5)
 * counts as such where the status is pending now.
 */
async function put(
  context: TimedContext,
  { id, inputs }: Change,
  body: Readonly<Record<string, unknown>>,
): Promise<WireObject> {
  const { client, clock, deadline, resource } = context;
  const begin = clock.now();
  for (;;) {
    try {
      return await client.update(resource.definition, id, body);
    } catch (error) {
      if (NotFoundError.isInstance(error)) throw notFoundError(context, id, inputs, error);
      if (!ApiError.isInstance(error)) throw error;
      const isUnknown = isUnexplained(error.refusal);
      // Somebody may have begun to use it since it was last asked.
      if (isUnknown || InUseError.isInstance(error)) await assertNotLocked(context, id, inputs);
      const wasPending =
        PendingStateError.isInstance(error) ||
        (isUnknown && isPending(statusOf(await client.get(resource.definition, id))));
      if (!wasPending) throw error;
      // A cloud may refuse for a moment longer than its status says.
      const pause = nextPause(statusBackoff, clock.now() - begin, context.random);
      if (clock.now() + pause >= deadline) throw error;
      await clock.sleep(pause);
    }
    await awaitUpdatable(context, id, inputs);
  }
}

function assertShown(
  context: TimedContext,
  change: Change,
  live: WireObject,
  fields: readonly Field[],
): void {
  const others = wrong(fields, live, change.inputs);
  if (others.length === 0) return;
  const names = others.map(({ name, secret }) => (secret ? `${name} (hidden)` : name)).join(", ");
  throw new MismatchError(
    `The cloud took the change of ${displayName(context, change.id, change.inputs)}, but shows something else for: ${names}. ` +
      "Another client may have changed it at the same time; run `pulumi up --refresh`.",
  );
}

/** Those of some fields that the cloud does not show as they were asked for. */
function wrong(fields: readonly Field[], live: WireObject, inputs: Inputs): Field[] {
  return fields.filter((field) => !field.local && !isShownAs(field, live, inputs[field.name]));
}
