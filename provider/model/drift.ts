import { escapeControlCharacters } from "../controlCharacters";
import { isInput, type CloudResourceType, type Field } from "../schema/resourceType";
import { canonical, isAbsent, isPlainObject, sameValue } from "../schema/equality";
import type { Outputs, State, Values, WireObject } from "../values";

/** One property, or part of one, in which the cloud differs from the state. Holds no secret. */
export interface Difference {
  /** Its name; of a part with the path, such as `dpd.interval`. */
  readonly property: string;
  /** What the state has; absent if that is nothing, or hidden. */
  readonly declared?: unknown;
  /** What the cloud shows; absent if that is nothing, or hidden. */
  readonly actual?: unknown;
  /** Whether the values are secret. */
  readonly hidden: boolean;
  /** What is known of the reason, such as `changed outside Pulumi`. */
  readonly because: string;
}

/** A field in which the cloud differs from the state, with its differences in words. */
export interface Drift {
  readonly field: Field;
  readonly differences: readonly Difference[];
}

/**
 * The fields in which the outputs of now, made by `toOutputs` with that state as declared, differ by
 * meaning from the state. What the
 * cloud writes in its own way (the order of a set, a network with host bits, the address of a host
 * name, a default written out), a value that it never shows and the status are no drift.
 *
 * `isHidden` tells of which other fields no value may be shown.
 */
export function driftOf(
  definition: CloudResourceType,
  now: Outputs,
  state: State,
  isHidden: (field: Field) => boolean = () => false,
): Drift[] {
  const twins = new Set(definition.fields.map(({ resolvedBy }) => resolvedBy));
  return definition.fields
    .filter(({ name, output, local, once }) => output && !local && !once && !twins.has(name))
    .filter(({ name }) => name !== "status")
    .filter((field) => !sameValue(field, state[field.name], now[field.name]))
    .filter((field) => isInput(field) || !isAbsent(state[field.name]))
    .map((field) => {
      const pair = { declared: state[field.name], actual: now[field.name] };
      const differences =
        field.secret || isHidden(field)
          ? [{ property: field.name, hidden: true, because: CHANGED }]
          : partsOf(field, pair).map((part) => ({
              ...part,
              hidden: false,
              because: becauseOf(field, part, state),
            }));
      return { field, differences };
    });
}

/**
 * What a status says of drift: ERROR where the state has another one, and DOWN of what was ACTIVE and
 * is not switched off. Nothing otherwise, since every other status comes and goes by itself.
 */
export function statusDrift(state: State, live: WireObject): string | undefined {
  const [before, now] = [state["status"], live["status"]];
  if (now === before) return undefined;
  const was = typeof before === "string" ? `, was ${formatValue(before)}` : "";
  if (now === "ERROR") {
    return `status: ERROR${was}; the cloud could not set it up, and the next \`pulumi up\` looks again`;
  }
  const wentDown = now === "DOWN" && before === "ACTIVE" && live["admin_state_up"] !== false;
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

/** A value of a property for people, see {@link escapeControlCharacters}; `nothing` where there is none. */
export function formatValue(value: unknown): string {
  if (isAbsent(value)) return "nothing";
  if (Array.isArray(value))
    return value.length === 0 ? "nothing" : value.map(formatValue).join(", ");
  const isBare = typeof value === "string" && /^[^\s,;"()\p{C}]+$/u.test(value);
  return isBare ? value : escapeControlCharacters(JSON.stringify(value));
}

/** How a reason begins that is no more than a guess. */
export const CHANGED = "changed outside Pulumi";

interface Pair {
  readonly declared: unknown;
  readonly actual: unknown;
}

type Part = { readonly property: string } & Partial<Pair>;

function partsOf(field: Field, { declared, actual }: Pair): Part[] {
  const [wish, live] = [canonical(field, declared), canonical(field, actual)];
  if (!isPlainObject(wish) || !isPlainObject(live)) {
    return [partOf(field.name, { declared, actual })];
  }
  return [...new Set([...Object.keys(wish), ...Object.keys(live)])]
    .filter((name) => wish[name] !== live[name])
    .map((name) => partOf(`${field.name}.${name}`, { declared: wish[name], actual: live[name] }));
}

function partOf(property: string, { declared, actual }: Pair): Part {
  return {
    property,
    ...(!isAbsent(declared) && { declared }),
    ...(!isAbsent(actual) && { actual }),
  };
}

function becauseOf(field: Field, { property, declared, actual }: Part, state: State): string {
  if (!isInput(field)) return "set by the cloud";
  const before = field.resolvedBy === undefined ? undefined : state[field.resolvedBy];
  if (typeof before === "string" && !sameValue(field, before, declared)) {
    return `${CHANGED}; the name stood for ${before} before`;
  }
  if (typeof declared === "string" && typeof actual === "string" && alike(declared, actual)) {
    return "the cloud writes it in another way";
  }
  const [, member] = property.split(".");
  const initial = member === undefined ? field.default : (field.default as Values)[member];
  if (!isAbsent(initial) && sameValue(field, initial, actual ?? initial)) {
    return `${CHANGED}, back to the default`;
  }
  return CHANGED;
}

function alike(left: string, right: string): boolean {
  const bare = (text: string) => text.replace(/\s+/g, "").toLowerCase();
  return bare(left) === bare(right);
}
