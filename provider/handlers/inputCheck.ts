import { otherThan, type Dialect } from "../dialect";
import { ConfigurationError, messageOf } from "../errors";
import { createChecker, type CheckFailure } from "../lifecycle/operations/check";
import { isUnknown } from "../model/unknowns";
import type { Notice } from "../log";
import type { ResourceType } from "../schema/resourceType";
import type { Rule } from "../schema/rule";
import type { Inputs } from "../values";
import { subjectOf, type Call, type ResourceHandler } from "./handler";

/** The check of a resource type. `checkCloud` compares valid inputs with the cloud. */
export function inputCheck(
  type: ResourceType,
  rules: readonly Rule[],
  checkCloud?: (call: Call, oldInputs: Inputs, inputs: Inputs) => Promise<CheckFailure[]>,
): ResourceHandler["check"] {
  const check = createChecker(type, rules);
  /** While `cloud` is unknown (preview), accept inputs that are valid in either dialect. */
  const dialectFor = ({ runtime }: Call, inputs: Inputs): Dialect => {
    const { dialect } = runtime.behavior(inputs);
    if (!isUnknown(inputs["cloud"]) || check(inputs, dialect).failures.length === 0) return dialect;
    return otherThan(dialect);
  };
  return async (call, oldInputs, given) => {
    try {
      const dialect = dialectFor(call, given);
      const { inputs, failures, warnings } = check(given, dialect, call.secretInputs);
      warn(call, type, given, warnings, () => check(oldInputs, dialect).warnings);
      if (failures.length > 0) return { inputs, failures };
      const { ownership } = call.runtime;
      if (Object.keys(oldInputs).length > 0) ownership.recordCheck(type, inputs);
      else ownership.recordCreation(type, inputs);
      return { inputs, failures: (await checkCloud?.(call, oldInputs, inputs)) ?? [] };
    } catch (error) {
      if (!ConfigurationError.isInstance(error)) throw error;
      return { inputs: given, failures: [{ property: "", reason: messageOf(error) }] };
    }
  };
}

/** Warns about inputs that the old inputs did not already have. */
function warn(
  call: Call,
  type: ResourceType,
  inputs: Inputs,
  warnings: readonly Notice[],
  oldWarnings: () => readonly Notice[],
): void {
  if (warnings.length === 0) return;
  const known = oldWarnings().map(({ key }) => key);
  const subject = subjectOf(call, type, inputs);
  for (const { key, line } of warnings.filter((one) => !known.includes(one.key))) {
    call.runtime.log.once(`input ${subject} ${key}`, `warning: ${subject}: ${line}`);
  }
}
