import type { HeldResource, StackState, Unfinished } from "../../provider/drift/stackState";
import type { Values } from "../../provider/schema/resourceType";
import {
  isOfNewerFormat,
  isWhole,
  ownPartsOf,
  propertiesIn,
  type Own,
  type OwnParts,
} from "./deployment";
import { notesOn } from "./stackNotes";
import { areSecretsRead, holdsSecret, opened } from "./stackSecrets";

/** What is known of a stack beside its state. */
export type StackPlace = Pick<StackState, "name" | "project" | "config">;

/**
 * Reads what `pulumi stack export` printed, parsed. What cannot be compared, or not as it is, comes
 * with a note; so does a lock, given by its time where that is known.
 * @throws Error that names the stack if it is no deployment of version 3 or 4
 */
export function stackStateOf(
  place: StackPlace,
  exported: unknown,
  lockedSince?: string,
): StackState {
  const own = ownPartsOf(place.name, exported);
  const secretsRead = areSecretsRead(exported);
  const unfinished = unfinishedOf(own, lockedSince);
  return {
    ...place,
    resources: own.resources.flatMap((one) => heldOf(one, secretsRead) ?? []),
    secretsRead,
    notes: [
      ...(secretsRead ? [] : [LOCKED(place.name)]),
      ...(lockedSince === undefined ? [] : [IN_USE(place.name, lockedSince)]),
      ...notesOn(own),
    ],
    ...(unfinished && { unfinished }),
  };
}

function unfinishedOf(
  { pending }: OwnParts,
  lockedSince: string | undefined,
): Unfinished | undefined {
  if (pending.length === 0 && lockedSince === undefined) return undefined;
  return {
    pending: pending.map(({ type, own: { urn } }) => ({ urn, type })),
    ...(lockedSince !== undefined && { lockedSince }),
  };
}

const IN_USE = (stack: string, since: string) =>
  `The stack ${stack} is locked since ${since}: a run is at work on it, or was killed. What that run makes or changes may not be in the state yet. \`pulumi cancel\` ends the lock of a run that was killed.`;

const LOCKED = (stack: string) =>
  `The secrets in the state of the stack ${stack} could not be decrypted and are not compared: ${ACCESS}`;

/** What to do about secrets that could not be decrypted. */
export const ACCESS = "set PULUMI_CONFIG_PASSPHRASE, or whatever else opens them for `pulumi up`.";

function heldOf({ raw, urn, name, definition }: Own, canRead: boolean): HeldResource | undefined {
  const { id } = raw;
  if (definition === undefined || typeof id !== "string" || id === "") return undefined;
  const inputs = propertiesOf(raw["inputs"], canRead);
  const outputs = propertiesOf(raw["outputs"], canRead);
  const unread = new Set([...inputs.unread, ...outputs.unread]);
  const recordedAt = raw["modified"] ?? raw["created"];
  return {
    urn,
    name,
    kind: definition.kind,
    id,
    inputs: without(inputs.values, unread),
    outputs: without(outputs.values, unread),
    secret: new Set([...inputs.secret, ...outputs.secret]),
    unread,
    ...(typeof recordedAt === "string" && { recordedAt }),
    options: OPTIONS.filter((option) => isSet(raw[option])),
    isCompared: isWhole(raw) && !isOfNewerFormat(raw) && !APART.some((mark) => raw[mark] === true),
  };
}

/** Marks of the engine: a replacement has its place, its replacement is not made yet, it was looked up. */
const APART = ["delete", "pendingReplacement", "external"] as const;

/** Of the options that the engine keeps, those that change what it does with a resource. */
const OPTIONS = [
  "protect",
  "retainOnDelete",
  "ignoreChanges",
  "taint",
  "deletedWith",
  "replaceOnChanges",
] as const;

/** Off are false, an empty text, an empty list, and what is not there. */
function isSet(option: unknown): boolean {
  return Array.isArray(option) ? option.length > 0 : Boolean(option);
}

interface Properties {
  readonly values: Values;
  readonly secret: readonly string[];
  readonly unread: readonly string[];
}

/** A property of which a part is secret counts as secret. */
function propertiesOf(part: unknown, canRead: boolean): Properties {
  const entries = propertiesIn(part);
  const secret = entries.filter(([, value]) => holdsSecret(value)).map(([name]) => name);
  return {
    values: Object.fromEntries(entries.map(([name, value]) => [name, opened(value)])),
    secret,
    unread: canRead ? [] : secret,
  };
}

function without(values: Values, names: ReadonlySet<string>): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)));
}
