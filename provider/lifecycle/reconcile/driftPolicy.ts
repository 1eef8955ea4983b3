import { DriftError } from "../../errors";
import type { Context } from "../core/context";
import { displayName } from "../../model/labels";
import type { Field } from "../../schema/resourceType";
import { type Drift, driftOf, statusDrift, describeDifference } from "../../model/drift";
import { mutableFields } from "../core/configuredFields";
import { outputsOf } from "../core/outputs";
import { immutableReason } from "./immutability";
import type { Inputs, Outputs, State, Values, WireObject } from "../../values";

/** An object beside its state. */
interface Observation {
  readonly state: State;
  readonly live: WireObject;
  /** The outputs that the object has beside that state. */
  readonly outputs: Outputs;
}

/** Says, in one line each, in what an object differs from its state; nothing where it does not. */
export function reportDrift(
  context: Context,
  id: string,
  { state, live, outputs }: Observation,
): void {
  const { dialect, log, resource } = context;
  const subject = displayName(context, id, state);
  for (const { differences } of driftFor(context, state, outputs)) {
    for (const difference of differences)
      log.info(`drift: ${subject}: ${describeDifference(difference)}`);
  }
  const status = statusDrift(state, live);
  if (status === undefined) return;
  log.info(`drift: ${subject}: ${status}`);
  const checklist = live["status"] === "DOWN" ? resource.downChecklist?.(dialect) : undefined;
  if (checklist !== undefined) log.once(checklist);
}

/** An object that is about to be changed. */
interface Changing {
  readonly id: string;
  /** The fields that the change is about. */
  readonly fields: readonly Field[];
  readonly inputs: Inputs;
  /** What it should look like before the change. */
  readonly state: State;
}

/**
 * Looks whether an object has drifted in what a change is not about, and does as `vpnaas:onDrift`
 * says: `report` says it; `correct` says it and returns the fields that are to be sent as well, which
 * are those that have an input and that PUT takes, unless the cloud would refuse any change now;
 * `fail` throws.
 * @throws DriftError
 */
export async function driftCorrections(
  context: Context,
  changing: Changing,
  live: WireObject,
): Promise<readonly Field[]> {
  const drifts = driftApartFrom(context, changing, live);
  if (!drifts.some(({ differences }) => differences.length > 0)) return [];
  const { id, inputs } = changing;
  const because =
    correctableFields(context, changing, drifts).length > 0
      ? await immutableReason(context, id, inputs)
      : undefined;
  const plan = planDriftCorrection(context, changing, drifts, because);
  if (DriftError.isInstance(plan)) throw plan;
  for (const notice of plan.notices) context.log.once(notice);
  return plan.fields;
}

/** What is done about drift before a change. */
interface DriftCorrection {
  /** The fields that are sent as well. */
  readonly fields: readonly Field[];
  /** One line for each difference. */
  readonly notices: readonly string[];
}

/**
 * Decides what is done about drift, or with which error the change fails. Asks and logs nothing.
 *
 * `immutableBecause` is the reason why the cloud would refuse any change now, if there is one.
 */
function planDriftCorrection(
  context: Context,
  changing: Changing,
  drifts: readonly Drift[],
  immutableBecause: string | undefined,
): DriftCorrection | DriftError {
  const subject = displayName(context, changing.id, changing.state);
  if (context.onDrift === "fail") {
    const lines = drifts.flatMap(({ differences }) => differences.map(describeDifference));
    return new DriftError(
      `${subject} differs from the state: ${lines.join("; ")}. Nothing was changed, since vpnaas:onDrift is fail. ` +
        "Run `pulumi up --refresh` to put it right, or `pulumi refresh` and make the program say what is there.",
    );
  }
  const correctable = correctableFields(context, changing, drifts);
  const fields = immutableBecause === undefined ? correctable : [];
  const mutable = mutableFieldsOf(context, changing);
  const fateOf = (field: Field) => {
    if (fields.includes(field)) return "It is put right.";
    if (correctable.includes(field))
      return `It is left, since it cannot be changed now: ${immutableBecause!}.`;
    return field.createOnly || mutable.includes(field)
      ? "It is left: `pulumi up --refresh` puts it right, `pulumi refresh` takes it into the state."
      : "It is left, since the program does not say what it should be.";
  };
  const notices = drifts.flatMap(({ field, differences }) =>
    differences.map(
      (difference) => `drift: ${subject}: ${describeDifference(difference)}. ${fateOf(field)}`,
    ),
  );
  return { fields, notices };
}

/** The drift in inputs that a change is not about. */
function driftApartFrom(
  context: Context,
  { fields, state }: Pick<Changing, "fields" | "state">,
  live: WireObject,
): Drift[] {
  return driftFor(context, state, outputsOf(context, live, state)).filter(
    ({ field }) => field.input[context.dialect] && !fields.includes(field),
  );
}

/** The fields among the drift that `vpnaas:onDrift` has corrected and that PUT takes. */
function correctableFields(
  context: Context,
  changing: Changing,
  drifts: readonly Drift[],
): Field[] {
  if (context.onDrift !== "correct") return [];
  const mutable = mutableFieldsOf(context, changing);
  return drifts.map(({ field }) => field).filter((field) => mutable.includes(field));
}

function mutableFieldsOf(context: Context, { inputs, state }: Changing): Field[] {
  return mutableFields(context, { ...inputs, adopt: state["adopt"] });
}

/**
 * What the state has of the inputs in which an object has drifted and which were not sent, by output
 * name; undefined where it has nothing. Outputs keep these values: with `ignoreChanges` the engine
 * compares the outputs with the inputs of before, and would send those over the cloud's value.
 */
export function uncorrectedDrift(
  context: Context,
  { fields, state }: Pick<Changing, "fields" | "state">,
  live: WireObject,
): Values {
  const names = driftApartFrom(context, { fields, state }, live)
    .map(({ field }) => field)
    .flatMap(({ name, resolvedBy }) => [name, ...(resolvedBy === undefined ? [] : [resolvedBy])]);
  return Object.fromEntries(names.map((name) => [name, state[name]]));
}

function driftFor(
  { secretInputs: hidden, resource }: Context,
  state: State,
  outputs: Outputs,
): Drift[] {
  return driftOf(resource.definition, outputs, state, ({ name }) => hidden.has(name));
}
