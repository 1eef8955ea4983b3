import { formatPath, validator } from "../../validation/validator";
import { otherThan, type Dialect } from "../../dialect";
import type { Rule } from "../../schema/rule";
import { escapeControlCharacters } from "../../controlCharacters";
import type { ResourceType } from "../../schema/resourceType";
import { isUnknown, UNKNOWN } from "../../model/unknowns";
import { isAbsent, isPlainObject, withoutAbsent } from "../../schema/equality";
import type { Inputs, Values } from "../../values";

/** What the engine wants to hear of inputs. */
export interface CheckResult {
  /** The inputs with all defaults written out. */
  readonly inputs: Record<string, unknown>;
  readonly failures: readonly CheckFailure[];
  /** What works but should not be used. Holds no secret. */
  readonly warnings: readonly string[];
}

/** `property` is always empty: the engine would print the value of the property named there. */
export interface CheckFailure {
  readonly property: "";
  /** Begins with the path of the property. Holds no value. */
  readonly reason: string;
}

/** Makes the check of a kind for a dialect. The check never throws and never reaches the cloud. */
export function createChecker(
  definition: ResourceType,
  rules: readonly Rule[],
): (inputs: Inputs, dialect: Dialect) => CheckResult {
  const validators = {
    k5: validator(definition.inputSchema.k5),
    neutron: validator(definition.inputSchema.neutron),
  };
  const violationsOf = (inputs: Inputs, dialect: Dialect) =>
    validators[dialect](inputs)
      .filter(({ keyword, value }) =>
        keyword === "uniqueItems" ? !(value as unknown[]).some(isUnknown) : !isUnknown(value),
      )
      .map(({ path, reason }) => ({ name: path[0]!, at: formatPath(path), reason }));
  return (given, dialect) => {
    if (!definition.available[dialect]) {
      const reason = unavailableReason(definition, dialect);
      return { inputs: withoutAbsent(given), failures: [{ property: "", reason }], warnings: [] };
    }
    const inputs = withDefaults(definition, dialect, withoutAbsent(given));
    const violations = violationsOf(inputs, dialect);
    const other = otherThan(dialect);
    const elsewhere =
      violations.length === 0 || !definition.available[other]
        ? violations
        : violationsOf(withDefaults(definition, other, withoutAbsent(given)), other);
    const reasons = [
      ...violations.map(({ at, reason }) =>
        elsewhere.some((one) => one.at === at)
          ? `${at}: ${reason}`
          : `${at}: ${reason} in the ${dialect} dialect. If this cloud is not ${CLOUDS[dialect]}, set vpnaas:dialect to ${other}`,
      ),
      ...rules
        .flatMap((rule) => rule(withoutWrong(inputs, violations), dialect))
        .map(({ path, reason }) => `${formatPath(path)}: ${reason}`),
    ];
    return {
      inputs,
      // The name of a property is the program's own text.
      failures: reasons.map((reason) => ({
        property: "",
        reason: escapeControlCharacters(reason),
      })),
      warnings: warningsOf(definition, inputs),
    };
  };
}

/** Two inputs that do not fit each other are no news while one of them is wrong in any case. */
function withoutWrong(inputs: Inputs, violations: readonly { readonly name: string }[]): Values {
  const wrong = violations.filter(({ name }) => Object.hasOwn(inputs, name));
  return { ...inputs, ...Object.fromEntries(wrong.map(({ name }) => [name, UNKNOWN])) };
}

/** What is said of a kind that a dialect lacks. */
export function unavailableReason({ kind }: ResourceType, dialect: Dialect): string {
  return `The ${dialect} dialect has no ${kind}. If this cloud is not ${CLOUDS[dialect]}, set vpnaas:dialect to ${otherThan(dialect)}.`;
}

function warningsOf(definition: ResourceType, inputs: Inputs): string[] {
  return definition.fields.flatMap(({ name, deprecated }) => {
    const value = inputs[name];
    return typeof value === "string" && Object.hasOwn(deprecated, value)
      ? [`${name} ${value}: ${deprecated[value]!}`]
      : [];
  });
}

/** What only the other dialect would take is likely a wrong setting, so the failure names it. */
const CLOUDS: Readonly<Record<Dialect, string>> = { k5: "K5", neutron: "a Neutron of OpenStack" };

function withDefaults(
  definition: ResourceType,
  dialect: Dialect,
  given: Values,
): Record<string, unknown> {
  const inputs: Record<string, unknown> = { ...given };
  for (const field of definition.fields) {
    if (!field.input[dialect] || field.local || isAbsent(field.default)) continue;
    const value = inputs[field.name];
    if (isAbsent(value)) inputs[field.name] = structuredClone(field.default);
    else if (isPlainObject(value) && isPlainObject(field.default)) {
      inputs[field.name] = { ...field.default, ...value };
    }
  }
  return inputs;
}
