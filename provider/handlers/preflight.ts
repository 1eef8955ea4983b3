import { escapeControlCharacters } from "../controlCharacters";
import type { Dialect } from "../dialect";
import { CanceledError, GoneError, VpnaasError } from "../errors";
import type { ResourceBehavior } from "../lifecycle/core/resource";
import type { CheckFailure } from "../lifecycle/operations/check";
import type { PlannedChange } from "../lifecycle/operations/interruptions";
import { type CloudFacts, isUnanswered } from "../lifecycle/preflight/facts";
import type { Subject } from "../lifecycle/preflight/preflight";
import { goneError } from "../lifecycle/reconcile/observe";
import { hasUnknown, isUnknown } from "../model/unknowns";
import { sameValue } from "../schema/equality";
import type { CloudResourceType } from "../schema/resourceType";
import type { Inputs } from "../values";
import { withSignal } from "../wait/cancellation";
import { allSecretInputs, subjectOf, type Call } from "./handler";

/**
 * Compares valid inputs with the cloud, if a resource will be created, changed or replaced, and announces
 * the tunnels that its creation interrupts. An unchanged one sends no request, and neither does one
 * whose cloud is not known yet.
 */
export async function preflight(
  call: Call,
  resource: ResourceBehavior,
  oldInputs: Inputs,
  inputs: Inputs,
): Promise<CheckFailure[]> {
  const { definition } = resource;
  if (isUnknown(inputs["cloud"])) return [];
  const { dialect, preflight: mode } = call.runtime.behavior(inputs);
  if (mode === "off") return [];
  const own = call.runtime.preflight(inputs);
  const subject: Subject = {
    kind: definition.kind,
    subject: subjectOf(call, definition, inputs),
    inputs,
    oldInputs,
    dialect,
  };
  own.declare(subject);
  if (!isToChange(definition, dialect, oldInputs, inputs)) return [];
  try {
    if (own.recentLoginFailure !== undefined) throw own.recentLoginFailure;
    const context = await call.runtime.context(
      resource,
      [inputs, oldInputs],
      allSecretInputs(call),
      call.signal,
    );
    const checking = async () => {
      const failures = await own.check(subject, context.client, mode);
      if (failures.length === 0 && Object.keys(oldInputs).length === 0) {
        const creation = { resource, subject: subject.subject, inputs };
        const facts = own.factsOf(context.client);
        await call.runtime.interruptions.announceCreation(creation, () => Promise.resolve(facts));
      }
      return failures;
    };
    return toCheckFailures(await withSignal(call.signal, checking, canceledCheck));
  } catch (error) {
    if (!VpnaasError.isInstance(error)) throw error;
    return toCheckFailures(own.reportLogin(subject.subject, error, mode));
  }
}

/**
 * An object is not deleted before its replacement is created, unless the cloud has answered every
 * question about the replacement.
 * @throws VpnaasError
 */
export function assertAnswered(
  { runtime }: Call,
  { kind }: CloudResourceType,
  subject: string,
  inputs: Inputs,
): void {
  const questions = runtime.preflight(inputs).openQuestions(kind, inputs);
  if (questions.length === 0 || runtime.behavior(inputs).preflight !== "on") return;
  throw new VpnaasError(
    `${subject} is not replaced, since it would be deleted before it is known whether the cloud accepts its replacement: ${questions.join(" ")} ` +
      "Nothing was deleted. Try again, or set vpnaas:preflight to warn to replace it nevertheless.",
  );
}

/**
 * An object is not deleted along with the object that it refers to, unless the cloud has answered
 * every question about its inputs in the state. The inputs of the program are not known before the
 * deletion: the engine sends them once the new object exists.
 * @throws VpnaasError, of the login too; CanceledError
 */
export async function assertDependentAnswered(
  call: Call,
  resource: ResourceBehavior,
  subject: string,
  inputs: Inputs,
): Promise<void> {
  const { kind } = resource.definition;
  const { dialect, preflight: mode } = call.runtime.behavior(inputs);
  if (mode !== "on") return;
  const asking = async () => {
    const secretInputs = allSecretInputs(call);
    const { client } = await call.runtime.context(resource, [inputs], secretInputs, call.signal);
    // A finding that the old inputs have as well is not reported, but an open question is.
    const unchanged: Subject = { kind, subject, inputs, oldInputs: inputs, dialect };
    await call.runtime.preflight(inputs).check(unchanged, client, mode);
  };
  await withSignal(call.signal, asking, canceledDiff);
  assertAnswered(call, resource.definition, subject, inputs);
}

/**
 * Confirms that an object which will be changed in place exists, and announces the tunnels that a change
 * interrupts. `open` logs in to the cloud of the object.
 * @throws GoneError, as its update would, unless vpnaas:preflight is warn or off
 * @throws CanceledError
 */
export async function preflightChange(
  call: Call,
  change: PlannedChange,
  open: () => Promise<CloudFacts>,
): Promise<void> {
  const comparing = async () => {
    if (change.step === "update") await assertExists(call, change, open);
    await call.runtime.interruptions.announce(change, open);
  };
  await withSignal(call.signal, comparing, canceledDiff);
}

async function assertExists(
  { runtime }: Call,
  { resource, id, subject, inputs }: PlannedChange,
  open: () => Promise<CloudFacts>,
): Promise<void> {
  const { preflight: mode } = runtime.behavior(inputs);
  if (mode === "off") return;
  const { kind } = resource.definition;
  try {
    const facts = await open();
    const found = await facts.object(kind, id);
    if (isUnanswered(found) || found.value !== undefined) return;
    throw goneError(subject, `${facts.endpoint} has no ${kind} ${id} that this login can see.`);
  } catch (error) {
    if (CanceledError.isInstance(error)) throw error;
    // The check has reported a login that fails.
    if (!GoneError.isInstance(error)) return;
    if (mode === "on") throw error;
    runtime.log.once(`preflight gone ${id}`, `warning: ${error.message}`);
  }
}

function canceledDiff(): CanceledError {
  return CanceledError.after("The comparison was canceled while it read the changed objects.");
}

function canceledCheck(): CanceledError {
  return CanceledError.after("The check was canceled while it compared the inputs with the cloud.");
}

function toCheckFailures(reasons: readonly string[]): CheckFailure[] {
  return reasons.map((reason) => ({ property: "", reason: escapeControlCharacters(reason) }));
}

/** Whether a resource is new, or any input that the cloud stores differs from the old one. */
function isToChange(
  { fields }: CloudResourceType,
  dialect: Dialect,
  oldInputs: Inputs,
  inputs: Inputs,
): boolean {
  if (Object.keys(oldInputs).length === 0) return true;
  return fields.some((field) => {
    const { name, input, local, once } = field;
    if (!input[dialect] || once || (local && name !== "cloud")) return false;
    return hasUnknown(inputs[name]) || !sameValue(field, oldInputs[name], inputs[name]);
  });
}
