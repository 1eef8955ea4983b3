import { MismatchError, PartialFailureError, messageOf } from "../../errors";
import { retry } from "../../wait/retry";
import type { TimedContext } from "../core/context";
import { displayName } from "../../model/labels";
import type { Field } from "../../schema/resourceType";
import { driftCorrections, uncorrectedDrift } from "./driftPolicy";
import { assertMutable, put } from "./put";
import { awaitSettled, awaitUpdatable } from "./awaitStatus";
import { observe, statusOf } from "./observe";
import { withoutAbsent } from "../../schema/equality";
import { isShownAs, toWire, fieldsToSend } from "../../model/wireMapping";
import { outputsOf } from "../core/outputs";
import type { Inputs, Values, WireObject } from "../../values";

/** A change of an existing object. */
export interface Change {
  readonly id: string;
  /** The fields to send if the cloud does not show them already. */
  readonly fields: readonly Field[];
  readonly inputs: Inputs;
  /** The declared values for the outputs: see `toOutputs`. */
  readonly declared: Values;
  /**
   * The expected state of the object before the change; `vpnaas:onDrift` determines how drift from
   * it is treated.
   */
  readonly state?: Values;
}

/**
 * Brings an object to its inputs, in at most two rounds: checks for drift, waits until the object
 * can be changed, PUTs only the changed fields, waits until it has settled, reads it back and
 * compares. If the cloud already shows all inputs, nothing is sent; fields that the state lacks
 * count as changed now, since the status may be older than the change.
 * @returns the outputs; an input that has drifted and was not sent keeps the value of the state
 * @throws PartialFailureError with such outputs, for any failure after the PUT; before that the
 * original error: nothing was changed then.
 */
export async function applyChange(
  context: TimedContext,
  change: Change,
): Promise<Record<string, unknown>> {
  const { id, inputs } = change;
  let round = await patch(context, change, await observe(context, id, inputs));
  const declared = withoutResolutions(change.declared, round.fields);
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
    const current = await context.client.get(context.resource.definition, id, 1).catch(() => live);
    const outputs = outputsAfter(context, change, { live: current, fields }, declared);
    throw new PartialFailureError(id, outputs, messageOf(error));
  }
  return outputsAfter(context, change, round, declared);
}

/** The progress of a change. */
interface Round {
  /** The object as the last response showed it. */
  readonly live: WireObject;
  /** The fields that the object has to show: those of the change, and the drift to correct. */
  readonly fields: readonly Field[];
  /** The fields of the last PUT. */
  readonly sent: readonly Field[];
  /** When the last PUT was answered or lost, if there was one. */
  readonly changedAt: number | undefined;
}

/** The fields of a change, and the drifted fields that are corrected with them. */
async function fieldsFor(
  context: TimedContext,
  change: Change,
  observed: WireObject,
): Promise<readonly Field[]> {
  const { fields, state } = change;
  if (state === undefined) return fields;
  return [...fields, ...(await driftCorrections(context, { ...change, state }, observed))];
}

/** Sends the fields that the object does not show, once it can be changed. */
async function patch(context: TimedContext, change: Change, first: WireObject): Promise<Round> {
  const { id, inputs, state } = change;
  let changedAt: number | undefined;
  let round = { live: first, fields: await fieldsFor(context, change, first), sent: NONE };
  if (fieldsToSend(round.fields, first, inputs).length > 0) {
    await assertMutable(context, id, inputs);
    let observed: WireObject | undefined = first;
    // Each attempt reads the object again, so that a PUT whose response was lost is not sent twice.
    round = await retry(context, { deadline: context.deadline }, async () => {
      const current = await awaitUpdatable(context, id, inputs, observed);
      observed = undefined;
      // Another client may have changed it during the wait.
      const fields = await fieldsFor(context, change, current);
      const sent = fieldsToSend(fields, current, inputs);
      const body = toWire(sent, context.dialect, inputs);
      if (Object.keys(body).length === 0) return { live: current, fields, sent };
      try {
        return { live: await put(context, change, body), fields, sent };
      } finally {
        changedAt = context.clock.now();
      }
    });
  }
  // An earlier run that was killed before it recorded its PUT may have sent it just now.
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

/** Compares the settled object with its state once more, if drift is corrected. */
async function verify(context: TimedContext, change: Change, round: Round): Promise<Round> {
  if (round.changedAt === undefined || context.onDrift !== "correct") return round;
  return { ...round, fields: await fieldsFor(context, change, round.live) };
}

/**
 * Whether another client changed fields between our GET and our PUT, which did not contain them.
 */
function isMixed({ inputs }: Change, { live, fields, sent, changedAt }: Round): boolean {
  return (
    changedAt !== undefined &&
    mismatchedFields(fields, live, inputs).some((one) => !sent.includes(one))
  );
}

/**
 * Sends all fields in one PUT, so that concurrent runs end with one run's values, never a mixture.
 */
async function patchAgain(context: TimedContext, change: Change, round: Round): Promise<Round> {
  const body = toWire(round.fields, context.dialect, change.inputs);
  const live = await put(context, change, body);
  return { ...round, live, changedAt: context.clock.now() };
}

/**
 * The outputs of an object; an input that has drifted and was not sent keeps the value of the
 * state.
 */
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

/**
 * The declared values, minus recorded resolutions (such as the address of a host name) of the sent
 * fields.
 */
function withoutResolutions(declared: Values, sent: readonly Field[]): Values {
  const resolved = new Set(sent.map(({ resolvedBy }) => resolvedBy));
  return Object.fromEntries(Object.entries(declared).filter(([name]) => !resolved.has(name)));
}

function assertShown(
  context: TimedContext,
  change: Change,
  live: WireObject,
  fields: readonly Field[],
): void {
  const others = mismatchedFields(fields, live, change.inputs);
  if (others.length === 0) return;
  const names = others.map(({ name, secret }) => (secret ? `${name} (hidden)` : name)).join(", ");
  throw new MismatchError(
    `The cloud accepted the change of ${displayName(context, change.id, change.inputs)}, but shows another value for: ${names}. ` +
      "Another client may have changed it at the same time; run `pulumi up --refresh`.",
  );
}

/** The fields whose requested value the cloud does not show. */
function mismatchedFields(fields: readonly Field[], live: WireObject, inputs: Inputs): Field[] {
  return fields.filter((field) => !field.local && !isShownAs(field, live, inputs[field.name]));
}
