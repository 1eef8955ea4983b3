import { formatPath, validator, type Violation } from "../validation/ajv";
import type { Dialect } from "../dialect";
import type { Definition, Values } from "./definition";
import { hasUnknown, isUnknown } from "./unknowns";
import { isAbsent, withoutAbsent } from "./values";

/**
 * Something that JSON Schema cannot say. Gets inputs with their defaults filled in, of which any
 * may be unknown, absent or of a wrong type; returns what is wrong and where.
 */
export type Rule = (
  inputs: Values,
  dialect: Dialect,
) => readonly { path: readonly string[]; reason: string }[];

/** What the engine wants to hear of inputs. */
export interface CheckResult {
  /** The inputs with all defaults written out. */
  readonly inputs: Record<string, unknown>;
  readonly failures: readonly CheckFailure[];
}

/** `property` is always empty: the engine would print the value of the property named there. */
export interface CheckFailure {
  readonly property: "";
  /** Begins with the path of the property. Holds no value. */
  readonly reason: string;
}

/** Makes the check of a kind for a dialect. The check never throws and never reaches the cloud. */
export function checker(
  definition: Definition,
  rules: readonly Rule[],
): (inputs: Values, dialect: Dialect) => CheckResult {
  const validators = {
    k5: validator(definition.inputSchema.k5),
    neutron: validator(definition.inputSchema.neutron),
  };
  return (given, dialect) => {
    const inputs = withDefaults(definition, dialect, withoutAbsent(given));
    const violations = validators[dialect](inputs).filter(({ keyword, value }) => {
      if (keyword === "uniqueItems") return !hasUnknown(value);
      return !isUnknown(value);
    });
    const ruled = rules.flatMap((rule) => rule(inputs, dialect));
    if (violations.length === 0 && ruled.length === 0) return { inputs, failures: [] };
    const other: Dialect = dialect === "k5" ? "neutron" : "k5";
    const elsewhere = new Set(
      validators[other](withDefaults(definition, other, withoutAbsent(given))).map((one) =>
        formatPath(one.path),
      ),
    );
    const reasons = [
      ...violations.map(
        (one) => `${formatPath(one.path)}: ${explain(one, definition, dialect, elsewhere)}`,
      ),
      ...ruled.map(({ path, reason }) => `${formatPath(path)}: ${reason}`),
    ];
    return { inputs, failures: reasons.map((reason) => ({ property: "", reason })) };
  };
}

function withDefaults(
  definition: Definition,
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

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Where only the other dialect would take it, that is said: the setting is the likely mistake. */
function explain(
  violation: Violation,
  definition: Definition,
  dialect: Dialect,
  elsewhere: ReadonlySet<string>,
): string {
  const other: Dialect = dialect === "k5" ? "neutron" : "k5";
  const [name] = violation.path;
  const inOther = definition.fields.some((field) => field.name === name && field.input[other]);
  if (violation.keyword === "additionalProperties" && violation.path.length === 1) {
    return inOther
      ? `is not an input in the ${dialect} dialect. If this cloud is not ${NAMES[dialect]}, set vpnaas:dialect to ${other}`
      : `is not an input of ${definition.kind}`;
  }
  if (dialect === "k5" && !elsewhere.has(formatPath(violation.path))) {
    return `${violation.reason} in the k5 dialect. If this cloud is not K5, set vpnaas:dialect to neutron`;
  }
  return violation.reason;
}

const NAMES: Readonly<Record<Dialect, string>> = { k5: "K5", neutron: "a Neutron of OpenStack" };
