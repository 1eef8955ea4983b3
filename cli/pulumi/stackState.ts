import { sourcesOf } from "../../provider/config/providerArguments";
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
import { keyPairsOf } from "./keyPairs";
import { notesOn } from "./stackNotes";
import { areSecretsRead, holdsSecret, withPlainSecrets } from "./stackSecrets";

/** The name, project and configuration of a stack. */
export type StackPlace = Pick<StackState, "name" | "project" | "config" | "openstack">;

/**
 * The state of a stack from the parsed output of `pulumi stack export`. Notes name all resources and
 * properties that cannot be compared, and a lock with its time, if that is known.
 * @throws Error that names the stack if the output is not a deployment of version 3 or 4
 */
export function stackStateOf(
  place: StackPlace,
  exported: unknown,
  lockedSince?: string,
): StackState {
  const own = ownPartsOf(place.name, exported);
  const secretsRead = areSecretsRead(exported);
  const unfinished = unfinishedOf(own, lockedSince);
  const keys = keyPairsOf(exported);
  const providers = new Map(
    [...own.providers].map(([reference, { inputs }]) => {
      const { values } = propertiesOf(inputs, secretsRead);
      return [reference, sourcesOf(values, {}, true).stack];
    }),
  );
  return {
    ...place,
    resources: own.resources.flatMap((one) => heldOf(one, providers, secretsRead) ?? []),
    ...(keys.length > 0 && { preSharedKeys: keys }),
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
  `The stack ${stack} has been locked since ${since}: a run is active, or was killed. Its changes may not be in the state yet. \`pulumi cancel\` removes the lock of a killed run.`;

const LOCKED = (stack: string) =>
  `The secrets in the state of the stack ${stack} could not be decrypted and are not compared: ${ACCESS}`;

/** The advice for secrets that could not be decrypted. */
export const ACCESS =
  "set PULUMI_CONFIG_PASSPHRASE, or the credentials of the secrets provider, as for `pulumi up`.";

function heldOf(
  { raw, urn, name, definition }: Own,
  providers: ReadonlyMap<string, HeldResource["provider"]>,
  canRead: boolean,
): HeldResource | undefined {
  const { id } = raw;
  if (definition === undefined || typeof id !== "string" || id === "") return undefined;
  const inputs = propertiesOf(raw["inputs"], canRead);
  const outputs = propertiesOf(raw["outputs"], canRead);
  const unread = new Set([...inputs.unread, ...outputs.unread]);
  const recordedAt = raw["modified"] ?? raw["created"];
  const provider = providers.get(String(raw["provider"]));
  return {
    urn,
    name,
    kind: definition.kind,
    id,
    provider,
    inputs: without(inputs.values, unread),
    outputs: without(outputs.values, unread),
    secret: new Set([...inputs.secret, ...outputs.secret]),
    unread,
    ...(typeof recordedAt === "string" && { recordedAt }),
    options: OPTIONS.filter((option) => isSet(raw[option])),
    isCompared: isWhole(raw) && !isOfNewerFormat(raw) && !APART.some((mark) => raw[mark] === true),
  };
}

/** The engine's marks of a replaced resource, of one whose replacement is missing, and of a lookup. */
const APART = ["delete", "pendingReplacement", "external"] as const;

/** The options in the state that change how the engine treats a resource. */
const OPTIONS = [
  "protect",
  "retainOnDelete",
  "ignoreChanges",
  "taint",
  "deletedWith",
  "replaceOnChanges",
] as const;

/** False, an empty string, an empty list and an absent option are not set. */
function isSet(option: unknown): boolean {
  return Array.isArray(option) ? option.length > 0 : Boolean(option);
}

interface Properties {
  readonly values: Values;
  readonly secret: readonly string[];
  readonly unread: readonly string[];
}

/** A property counts as secret if any part of it is secret. */
function propertiesOf(part: unknown, canRead: boolean): Properties {
  const entries = propertiesIn(part);
  const secret = entries.filter(([, value]) => holdsSecret(value)).map(([name]) => name);
  return {
    values: Object.fromEntries(entries.map(([name, value]) => [name, withPlainSecrets(value)])),
    secret,
    unread: canRead ? [] : secret,
  };
}

function without(values: Values, names: ReadonlySet<string>): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)));
}
