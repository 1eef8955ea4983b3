import { didYouMean } from "../../validation/nearest";
import { formatPath, validator } from "../../validation/validator";
import { otherThan, type Dialect } from "../../dialect";
import type { Notice } from "../../log";
import type { Rule, RuleProblem } from "../../schema/rule";
import { escapeControlCharacters } from "../../controlCharacters";
import type { ResourceType } from "../../schema/resourceType";
import { isUnknown, UNKNOWN } from "../../model/unknowns";
import { isAbsent, isPlainObject, withoutAbsent } from "../../schema/equality";
import type { Inputs, Values } from "../../values";

/** The result of a check. */
export interface CheckResult {
  /** The inputs with all defaults filled in. */
  readonly inputs: Record<string, unknown>;
  readonly failures: readonly CheckFailure[];
  /** Deprecated values, and the warnings of rules. They contain no secret. */
  readonly warnings: readonly Notice[];
}

/** `property` is always empty: the engine would print the value of the named property. */
export interface CheckFailure {
  readonly property: "";
  /** Begins with the path of the property. Contains no value. */
  readonly reason: string;
}

/**
 * Creates the check of a type for both dialects. The check never throws and sends no request. A
 * failure does not suggest a value for one of the `secretInputs`, since that resembles the secret.
 */
export function createChecker(
  definition: ResourceType,
  rules: readonly Rule[],
): (inputs: Inputs, dialect: Dialect, secretInputs?: ReadonlySet<string>) => CheckResult {
  const validators = {
    k5: validator(definition.inputSchema.k5),
    neutron: validator(definition.inputSchema.neutron),
  };
  const violationsOf = (inputs: Inputs, dialect: Dialect) =>
    validators[dialect](inputs)
      .filter(({ keyword, value }) =>
        keyword === "uniqueItems" ? !(value as unknown[]).some(isUnknown) : !isUnknown(value),
      )
      .map(({ path, keyword, reason, suggestion }) => ({
        name: path[0]!,
        at: formatPath(path),
        reason,
        suggestion,
        isOfValue: keyword === "enum",
        isMisspelled: keyword === "additionalProperties" && path.length === 1,
      }));
  return (given, dialect, secretInputs = NONE) => {
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
    const problems = rules.flatMap((rule) => rule(withInvalidUnknown(inputs, violations), dialect));
    const reasons = [
      ...violations.map(({ name, at, reason, suggestion, isOfValue }) =>
        elsewhere.some((one) => one.at === at)
          ? `${at}: ${reason}${isOfValue && secretInputs.has(name) ? "" : didYouMean(suggestion)}`
          : `${at}: ${reason} in the ${dialect} dialect. If this cloud is not ${CLOUDS[dialect]}, set vpnaas:dialect to ${other}`,
      ),
      ...problems.filter(({ isWarning }) => !isWarning).map(lineOf),
    ];
    return {
      inputs,
      // The name of a property may be any string of the program.
      failures: reasons.map((reason) => ({
        property: "",
        reason: escapeControlCharacters(reason),
      })),
      warnings: [
        ...warningsOf(definition, inputs),
        ...problems.filter(({ isWarning }) => isWarning).map(noticeOf),
      ],
    };
  };
}

function lineOf({ path, reason }: RuleProblem): string {
  return `${formatPath(path)}: ${reason}`;
}

/** The reason contains no value, and distinguishes the warnings on one property. */
function noticeOf(problem: RuleProblem): Notice {
  return { key: lineOf(problem), line: lineOf(problem) };
}

const NONE: ReadonlySet<string> = new Set();

/** Hides invalid and misspelled inputs as unknown, so that cross-field rules skip them. */
function withInvalidUnknown(
  inputs: Inputs,
  violations: readonly {
    readonly name: string;
    readonly isMisspelled: boolean;
    readonly suggestion: string | undefined;
  }[],
): Values {
  const invalid = violations.map(({ name }) => name).filter((name) => Object.hasOwn(inputs, name));
  const meant = violations.flatMap(({ isMisspelled, suggestion }) =>
    isMisspelled && suggestion !== undefined ? [suggestion] : [],
  );
  return { ...inputs, ...Object.fromEntries([...invalid, ...meant].map((one) => [one, UNKNOWN])) };
}

/** The reason why a dialect cannot have resources of a type. */
export function unavailableReason({ kind }: ResourceType, dialect: Dialect): string {
  return `The ${dialect} dialect has no ${kind}. If this cloud is not ${CLOUDS[dialect]}, set vpnaas:dialect to ${otherThan(dialect)}.`;
}

function warningsOf(definition: ResourceType, inputs: Inputs): Notice[] {
  return definition.fields.flatMap(({ name, deprecated }) => {
    const value = inputs[name];
    if (typeof value !== "string" || !Object.hasOwn(deprecated, value)) return [];
    const key = `${name} ${value}`;
    return [{ key, line: `${key}: ${deprecated[value]!}` }];
  });
}

/**
 * An input that only the other dialect accepts suggests a wrong setting, so the failure names the
 * cloud.
 */
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
