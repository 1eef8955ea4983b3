import { escapeControlCharacters } from "../controlCharacters";
import { isInput, type CloudResourceType, type Field } from "../schema/resourceType";
import { canonical, isAbsent, isPlainObject, sameValue } from "../schema/equality";
import type { Outputs, State, Values, WireObject } from "../values";
import { isSwitchedOff } from "./waitPolicy";

/**
 * A property, or a part of one, whose value in the cloud differs from the state. Contains no
 * secret.
 */
export interface Difference {
  /** The property's name; for a part the path, such as `dpd.interval`. */
  readonly property: string;
  /** The value in the state; missing if it is absent or hidden. */
  readonly declared?: unknown;
  /** The value in the cloud; missing if it is absent or hidden. */
  readonly actual?: unknown;
  /** Whether the values are secret. */
  readonly hidden: boolean;
  /** The known or assumed reason, such as `changed outside Pulumi`. */
  readonly because: string;
}

/** A field whose value in the cloud differs from the state, with its differences in words. */
export interface Drift {
  readonly field: Field;
  readonly differences: readonly Difference[];
}

/**
 * The fields whose current outputs differ in meaning from the state. `toOutputs` must have derived
 * the outputs with that state as declared. Excluded are the cloud's own notation (the order of a
 * set, a network with host bits, the address of a host name, an explicit default), values that the
 * cloud never shows, and the status.
 *
 * `isHidden` selects further fields whose values must not be shown.
 */
export function driftOf(
  definition: CloudResourceType,
  current: Outputs,
  state: State,
  isHidden: (field: Field) => boolean = () => false,
): Drift[] {
  const twins = new Set(definition.fields.map(({ resolvedBy }) => resolvedBy));
  return definition.fields
    .filter(({ name, output, local, once }) => output && !local && !once && !twins.has(name))
    .filter(({ name }) => name !== "status")
    .filter((field) => !sameValue(field, state[field.name], current[field.name]))
    .filter((field) => isInput(field) || !isAbsent(state[field.name]))
    .map((field) => {
      const pair = { declared: state[field.name], actual: current[field.name] };
      const differences =
        field.secret || isHidden(field)
          ? [{ property: field.name, hidden: true, because: CHANGED }]
          : differingParts(field, pair).map((part) => ({
              ...part,
              hidden: false,
              because: reasonOf(field, part, state),
            }));
      return { field, differences };
    });
}

/**
 * The drift in the status: ERROR if the state has another status, and DOWN if the object was ACTIVE
 * and is not administratively down. Undefined otherwise, since other statuses change by themselves.
 */
export function statusDrift(
  definition: CloudResourceType,
  state: State,
  live: WireObject,
): string | undefined {
  const [before, current] = [state["status"], live["status"]];
  if (current === before) return undefined;
  const was = typeof before === "string" ? `, was ${formatValue(before)}` : "";
  if (current === "ERROR") {
    return `status: ERROR${was}; the cloud could not set it up, and the next \`pulumi up\` checks again`;
  }
  const wentDown = current === "DOWN" && before === "ACTIVE" && !isSwitchedOff(definition, live);
  return wentDown ? "status: DOWN, was ACTIVE" : undefined;
}

/** For example `peerCidrs: declared 10.2.0.0/24, there is 10.9.0.0/24 (changed outside Pulumi)`. */
export function describeDifference({
  property,
  hidden,
  declared,
  actual,
  because,
}: Difference): string {
  if (hidden) return `${property}: differs (hidden)`;
  return `${property}: declared ${formatValue(declared)}, there is ${formatValue(actual)} (${because})`;
}

/**
 * A property's value for people, see {@link escapeControlCharacters}; `nothing` if it is absent.
 */
export function formatValue(value: unknown): string {
  if (isAbsent(value)) return "nothing";
  if (Array.isArray(value))
    return value.length === 0 ? "nothing" : value.map(formatValue).join(", ");
  const isBare = typeof value === "string" && /^[^\s,;"()\p{C}]+$/u.test(value);
  return isBare ? value : escapeControlCharacters(JSON.stringify(value));
}

/** The beginning of a reason that is only a guess. */
export const CHANGED = "changed outside Pulumi";

interface Pair {
  readonly declared: unknown;
  readonly actual: unknown;
}

type Part = { readonly property: string } & Partial<Pair>;

function differingParts(field: Field, { declared, actual }: Pair): Part[] {
  const [desired, live] = [canonical(field, declared), canonical(field, actual)];
  if (!isPlainObject(desired) || !isPlainObject(live)) {
    return [partOf(field.name, { declared, actual })];
  }
  return [...new Set([...Object.keys(desired), ...Object.keys(live)])]
    .filter((name) => desired[name] !== live[name])
    .map((name) =>
      partOf(`${field.name}.${name}`, { declared: desired[name], actual: live[name] }),
    );
}

function partOf(property: string, { declared, actual }: Pair): Part {
  return {
    property,
    ...(!isAbsent(declared) && { declared }),
    ...(!isAbsent(actual) && { actual }),
  };
}

function reasonOf(field: Field, { property, declared, actual }: Part, state: State): string {
  if (!isInput(field)) return "set by the cloud";
  const before = field.resolvedBy === undefined ? undefined : state[field.resolvedBy];
  if (typeof before === "string" && !sameValue(field, before, declared)) {
    return `${CHANGED}; the name resolved to ${before} before`;
  }
  if (
    typeof declared === "string" &&
    typeof actual === "string" &&
    differOnlyInNotation(declared, actual)
  ) {
    return "the cloud uses another notation";
  }
  const [, member] = property.split(".");
  const initial = member === undefined ? field.default : (field.default as Values)[member];
  if (!isAbsent(initial) && sameValue(field, initial, actual ?? initial)) {
    return `${CHANGED}, back to the default`;
  }
  return CHANGED;
}

function differOnlyInNotation(left: string, right: string): boolean {
  const bare = (text: string) => text.replace(/\s+/g, "").toLowerCase();
  return bare(left) === bare(right);
}
