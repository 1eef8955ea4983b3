import { DriftError } from "../errors";
import type { WireObject } from "../neutron/client";
import { type Context, label } from "./context";
import type { Field, Values } from "./definition";
import { type Drift, driftOf, statusDrift, told } from "./drift";
import { isAbsent } from "./values";

/** Says, in one line each, in what an object differs from its state; nothing where it does not. */
export function sayDrift(
  context: Context,
  id: string,
  { state, live }: { readonly state: Values; readonly live: WireObject },
): void {
  const { dialect, log, resource } = context;
  const subject = label(context, id, state);
  for (const { differences } of driftFor(context, state, live)) {
    for (const difference of differences) log.info(`drift: ${subject}: ${told(difference)}`);
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
  readonly inputs: Values;
  /** What it should look like before the change. */
  readonly state: Values;
}

/**
 * Looks whether an object has drifted in what a change is not about, and does as `vpnaas:onDrift`
 * says: `report` says it; `correct` says it and returns the fields that are to be sent as well, which
 * are those that have an input and that PUT takes; `fail` throws.
 * @throws DriftError
 */
export function corrections(context: Context, changing: Changing, live: WireObject): Field[] {
  const { id, fields, inputs, state } = changing;
  const { dialect, log, onDrift } = context;
  const drifts = driftFor(context, state, live).filter(
    ({ field }) => field.input[dialect] && !fields.includes(field),
  );
  const lines = drifts.flatMap(({ differences }) => differences.map(told));
  if (lines.length === 0) return [];
  const subject = label(context, id, state);
  if (onDrift === "fail") {
    throw new DriftError(
      `${subject} differs from the state: ${lines.join("; ")}. Nothing was changed, since vpnaas:onDrift is fail. ` +
        "Run `pulumi up --refresh` to put it right, or `pulumi refresh` and make the program say what is there.",
    );
  }
  const corrected = drifts
    .map(({ field }) => field)
    .filter(({ name, createOnly }) => !createOnly && !isAbsent(inputs[name]));
  const sent = onDrift === "correct" ? corrected : [];
  for (const { field, differences } of drifts) {
    const fate = sent.includes(field)
      ? "It is put right."
      : "It is left now; the next preview shows it as a change.";
    for (const difference of differences) {
      log.once(`drift: ${subject}: ${told(difference)}. ${fate}`);
    }
  }
  return sent;
}

function driftFor({ hidden, resource }: Context, state: Values, live: WireObject): Drift[] {
  return driftOf(resource.definition, live, state, ({ name }) => hidden.has(name));
}
