import { DriftError } from "../../errors";
import type { Notice } from "../../log";
import type { Context } from "../core/context";
import { logDownChecklist } from "../core/downChecklist";
import { displayName } from "../../model/labels";
import type { Field } from "../../schema/resourceType";
import { type Drift, driftOf, statusDrift, describeDifference } from "../../model/drift";
import { mutableFields } from "../core/configuredFields";
import { outputsOf } from "../core/outputs";
import { immutableReason } from "./immutability";
import type { Inputs, Outputs, State, Values, WireObject } from "../../values";

/** An object together with its state. */
interface Observation {
  readonly state: State;
  readonly live: WireObject;
  /** The outputs of the object, derived with that state as declared. */
  readonly outputs: Outputs;
}

/**
 * Logs one line for each difference between an object and its state, or nothing if there is none.
 */
export function reportDrift(
  context: Context,
  id: string,
  { state, live, outputs }: Observation,
): void {
  const { log, resource } = context;
  const subject = displayName(context, id, state);
  for (const { differences } of driftFor(context, state, outputs)) {
    for (const difference of differences)
      log.info(`drift: ${subject}: ${describeDifference(difference)}`);
  }
  const status = statusDrift(resource.definition, state, live);
  if (status === undefined) return;
  log.info(`drift: ${subject}: ${status}`);
  if (live["status"] === "DOWN") logDownChecklist(context);
}

/** A change that is about to be sent. */
interface Changing {
  readonly id: string;
  /** The fields of the change. */
  readonly fields: readonly Field[];
  readonly inputs: Inputs;
  /** The expected state before the change. */
  readonly state: State;
}

/**
 * Compares the other fields of an object with its state before a change, and applies
 * `vpnaas:onDrift`: `report` logs the drift; `correct` logs it and returns the fields to send as
 * well, which are the drifted inputs that PUT accepts, unless the cloud would refuse any change
 * now; `fail` throws.
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
  for (const { key, line } of plan.notices) context.log.once(key, line);
  return plan.fields;
}

/** The treatment of drift before a change. */
interface DriftCorrection {
  /** The fields to send as well. */
  readonly fields: readonly Field[];
  /** One line for each difference. */
  readonly notices: readonly Notice[];
}

/**
 * Decides how to treat drift, or with which error the change fails. Sends and logs nothing.
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
        "Run `pulumi up --refresh` to correct it, or `pulumi refresh` and set the existing values in the program.",
    );
  }
  const correctable = correctableFields(context, changing, drifts);
  const fields = immutableBecause === undefined ? correctable : [];
  const mutable = mutableFieldsOf(context, changing);
  const outcomes = {
    corrected: "It is corrected.",
    immutable: `It is kept, since it cannot be changed now: ${immutableBecause!}.`,
    kept: "It is kept: `pulumi up --refresh` corrects it, `pulumi refresh` records it in the state.",
    unset: "It is kept, since the program does not set it.",
  };
  const outcomeOf = (field: Field): keyof typeof outcomes => {
    if (fields.includes(field)) return "corrected";
    if (correctable.includes(field)) return "immutable";
    return field.createOnly || mutable.includes(field) ? "kept" : "unset";
  };
  const notices = drifts.flatMap(({ field, differences }) =>
    differences.map((difference) => {
      const outcome = outcomeOf(field);
      return {
        key: `drift ${changing.id} ${difference.property} ${outcome}`,
        line: `drift: ${subject}: ${describeDifference(difference)}. ${outcomes[outcome]}`,
      };
    }),
  );
  return { fields, notices };
}

/** The drift in inputs outside the change. */
function driftApartFrom(
  context: Context,
  { fields, state }: Pick<Changing, "fields" | "state">,
  live: WireObject,
): Drift[] {
  return driftFor(context, state, outputsOf(context, live, state)).filter(
    ({ field }) => field.input[context.dialect] && !fields.includes(field),
  );
}

/** The drifted fields that `vpnaas:onDrift` allows to correct and that PUT accepts. */
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
 * The state's values of inputs that have drifted and were not sent, by output name; undefined if
 * the state lacks one. Outputs keep these values: with `ignoreChanges` the engine compares the
 * outputs with the previous inputs, and would overwrite the cloud's value with them.
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

function driftFor({ secretInputs, resource }: Context, state: State, outputs: Outputs): Drift[] {
  return driftOf(resource.definition, outputs, state, ({ name }) => secretInputs.has(name));
}
