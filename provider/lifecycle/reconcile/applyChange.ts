import { MismatchError, PartialFailureError, messageOf } from "../../errors";
import { retry } from "../../wait/retry";
import type { TimedContext } from "../core/context";
import { displayName } from "../../model/labels";
import type { Field } from "../../schema/resourceType";
import { driftCorrections, uncorrectedDrift } from "./driftPolicy";
import { assertNotLocked, put } from "./put";
import { awaitSettled, awaitUpdatable, observe, statusOf } from "./awaitStatus";
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
 * Brings an object to its inputs, in at most two rounds: looks for drift, waits until it can be changed, PUTs only what is to change, waits
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
  const { id, inputs } = change;
  let round = await patch(context, change, await observe(context, id, inputs));
  const declared = without(change.declared, round.fields);
  try {
    round = await settle(context, change, round);
    round = await verify(context, change, round);
    if (isMixed(change, round)) {
      round = await patchAgain(context, change, round);
      round = await settle(context, change, round);
    }
    assertShown(context, change, round.live, round.fields);
  } catch (error) {
    const { live, fields } = round;
    const now = await context.client.get(context.resource.definition, id, 1).catch(() => live);
    const outputs = outputsAfter(context, change, { live: now, fields }, declared);
    throw new PartialFailureError(id, outputs, messageOf(error));
  }
  return outputsAfter(context, change, round, declared);
}

/** How far a change has come. */
interface Round {
  /** The object as the last answer showed it. */
  readonly live: WireObject;
  /** The fields that the object has to show: those of the change, and the drift to correct. */
  readonly fields: readonly Field[];
  /** The fields of the last PUT. */
  readonly sent: readonly Field[];
  /** When the last PUT was answered or lost, if there was one. */
  readonly changedAt: number | undefined;
}

/** The fields of a change, and the drift of an object that is corrected with them. */
async function fieldsFor(
  context: TimedContext,
  change: Change,
  seen: WireObject,
): Promise<readonly Field[]> {
  const { fields, state } = change;
  if (state === undefined) return fields;
  return [...fields, ...(await driftCorrections(context, { ...change, state }, seen))];
}

/** Sends the fields that the object does not show, once it can be changed. */
async function patch(context: TimedContext, change: Change, first: WireObject): Promise<Round> {
  const { id, inputs, state } = change;
  let changedAt: number | undefined;
  let round = { live: first, fields: await fieldsFor(context, change, first), sent: NONE };
  if (fieldsToSend(round.fields, first, inputs).length > 0) {
    await assertNotLocked(context, id, inputs);
    let seen: WireObject | undefined = first;
    // What a lost PUT has done shows when it is looked at again, and is not sent twice.
    round = await retry(context, { deadline: context.deadline }, async () => {
      const now = await awaitUpdatable(context, id, inputs, seen);
      seen = undefined;
      // Somebody may have been at it while it was waited for.
      const fields = await fieldsFor(context, change, now);
      const sent = fieldsToSend(fields, now, inputs);
      const body = toWire(sent, context.dialect, inputs);
      if (Object.keys(body).length === 0) return { live: now, fields, sent };
      const { changeNotice } = context.resource;
      if (changeNotice !== undefined) context.log.once(changeNotice);
      try {
        return { live: await put(context, change, body), fields, sent };
      } finally {
        changedAt = context.clock.now();
      }
    });
  }
  // A run that was killed before it could record its PUT may have sent it just now.
  if (state !== undefined && change.fields.some(({ local }) => !local)) {
    changedAt ??= context.clock.now();
  }
  return { ...round, changedAt };
}

/** Waits until the object has settled. */
async function settle(context: TimedContext, change: Change, round: Round): Promise<Round> {
  const { live, changedAt } = round;
  if (changedAt !== undefined) {
    context.ownership.changed(change.id, { changedAt, status: statusOf(live) });
  }
  return { ...round, live: await awaitSettled(context, change.inputs, { live, changedAt }) };
}

/** Compares the settled object with its state once more, where drift is corrected. */
async function verify(context: TimedContext, change: Change, round: Round): Promise<Round> {
  if (round.changedAt === undefined || context.onDrift !== "correct") return round;
  return { ...round, fields: await fieldsFor(context, change, round.live) };
}

/** Whether another client changed fields between the read and the PUT, which did not send them. */
function isMixed({ inputs }: Change, { live, fields, sent, changedAt }: Round): boolean {
  return changedAt !== undefined && wrong(fields, live, inputs).some((one) => !sent.includes(one));
}

/**
 * Sends all fields at once: of two runs that change an object at the same time, the object then ends as
 * one of them has it, never as a mixture.
 */
async function patchAgain(context: TimedContext, change: Change, round: Round): Promise<Round> {
  const body = toWire(round.fields, context.dialect, change.inputs);
  const live = await put(context, change, body);
  return { ...round, live, changedAt: context.clock.now() };
}

/** The outputs of an object; an input that has drifted and was not sent stays as the state has it. */
function outputsAfter(
  context: TimedContext,
  { state }: Change,
  { live, fields }: Pick<Round, "live" | "fields">,
  declared: Values,
): Record<string, unknown> {
  const left = state === undefined ? {} : uncorrectedDrift(context, { fields, state }, live);
  return withoutAbsent({ ...outputsOf(context, live, declared), ...left });
}

const NONE: readonly Field[] = [];

/** What was declared; of what is sent it does not count what it was resolved to before. */
function without(declared: Values, sent: readonly Field[]): Values {
  const resolved = new Set(sent.map(({ resolvedBy }) => resolvedBy));
  return Object.fromEntries(Object.entries(declared).filter(([name]) => !resolved.has(name)));
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
