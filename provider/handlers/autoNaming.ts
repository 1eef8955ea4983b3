import type { CheckFailure } from "../lifecycle/operations/check";
import { autoName, namingFields } from "../model/autoName";
import { hasUnknown, UNKNOWN } from "../model/unknowns";
import { isAbsent } from "../schema/equality";
import type { ResourceType } from "../schema/resourceType";
import type { Inputs } from "../values";

/** The place of a resource in a program. */
export interface NameScope {
  readonly project: string;
  readonly stack: string;
  readonly resource: string;
}

/**
 * The setting `pulumi:autonaming` for one resource; `proposed` is a name that may differ from run to
 * run. Undefined if the project configures none.
 */
export type AutoNaming = { readonly proposed: string } | "disabled" | undefined;

/** Inputs with a name, or the reason why they lack one. */
export interface NamedInputs {
  readonly inputs: Inputs;
  readonly failures: readonly CheckFailure[];
}

/**
 * Adds the auto-name if the program sets no name: ours, or the proposed one, which the resource then
 * keeps until it is replaced. Ours is unknown while an input that it depends on is unknown.
 */
export function withAutoName(
  type: ResourceType,
  scope: NameScope,
  autoNaming: AutoNaming,
  oldInputs: Inputs,
  inputs: Inputs,
): NamedInputs {
  const isNamed = type.fields.every(({ name }) => name !== "name") || !isAbsent(inputs["name"]);
  if (isNamed) return { inputs, failures: [] };
  if (autoNaming === "disabled") {
    const reason = "name: is required, since pulumi:autonaming is disabled";
    return { inputs, failures: [{ property: "", reason }] };
  }
  const name =
    autoNaming === undefined
      ? ownName(type, scope, inputs)
      : (oldInputs["name"] ?? autoNaming.proposed);
  return { inputs: { ...inputs, name }, failures: [] };
}

function ownName(type: ResourceType, scope: NameScope, inputs: Inputs): string {
  const isUnknownYet = namingFields(type).some(({ name }) => hasUnknown(inputs[name]));
  return isUnknownYet ? UNKNOWN : autoName(type, scope, inputs);
}
