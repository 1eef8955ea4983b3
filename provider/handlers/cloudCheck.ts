import { messageOf, VpnaasError } from "../errors";
import { previewAdoption } from "../lifecycle/adoption/adoptInput";
import { predecessorNotice } from "../lifecycle/core/deletedPredecessor";
import type { ResourceBehavior } from "../lifecycle/core/resource";
import type { CheckFailure } from "../lifecycle/operations/check";
import { isUnknown } from "../model/unknowns";
import { isAbsent } from "../schema/equality";
import type { Inputs } from "../values";
import { allSecretInputs, type Call, type CheckedInputs, type ResourceHandler } from "./handler";
import { inputCheck } from "./inputCheck";
import { preflight } from "./preflight";

/** The check of a type with objects in the cloud: by itself, then beside the cloud. */
export function cloudCheck(resource: ResourceBehavior): ResourceHandler["check"] {
  const { definition, rules } = resource;
  const check = inputCheck(definition, rules, (call, oldInputs, inputs) =>
    isAdoption(call, resource, oldInputs, inputs)
      ? checkAdoption(call, resource, inputs)
      : preflight(call, resource, oldInputs, inputs),
  );
  return async (call, oldInputs, given) =>
    afterDeletion(call, resource, await check(call, oldInputs, given));
}

function isAdoption(
  { runtime }: Call,
  { definition }: ResourceBehavior,
  oldInputs: Inputs,
  inputs: Inputs,
): boolean {
  return (
    Object.keys(oldInputs).length === 0 &&
    !isAbsent(inputs["adopt"]) &&
    !runtime.ownership.isAdoptionConsumed(definition, inputs)
  );
}

/** Whether an object can be adopted with those inputs. */
async function checkAdoption(
  call: Call,
  resource: ResourceBehavior,
  inputs: Inputs,
): Promise<CheckFailure[]> {
  if (isUnknown(inputs["cloud"])) return [];
  try {
    const { runtime, signal } = call;
    const context = await runtime.context(resource, [inputs], allSecretInputs(call), signal);
    const line = await previewAdoption(context, inputs);
    const key = JSON.stringify([resource.definition.kind, inputs["cloud"], inputs["adopt"]]);
    if (line !== undefined) runtime.log.once(`adoption ${key}`, line);
    return [];
  } catch (error) {
    if (!VpnaasError.isInstance(error)) throw error;
    return [{ property: "", reason: `adopt: ${messageOf(error)}` }];
  }
}

/** Adds to the first failure that this run has deleted the object which the resource replaces. */
function afterDeletion(
  { runtime, secretInputs }: Call,
  { definition }: ResourceBehavior,
  checked: CheckedInputs,
): CheckedInputs {
  const { inputs, failures } = checked;
  const [first, ...others] = failures;
  if (first === undefined) return checked;
  const isNameSecret = secretInputs.has("name");
  const notice = predecessorNotice(runtime.ownership, definition, inputs, isNameSecret);
  if (notice === undefined) return checked;
  return { inputs, failures: [{ ...first, reason: `${first.reason} ${notice}` }, ...others] };
}
