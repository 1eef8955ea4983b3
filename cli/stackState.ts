import type { HeldResource, StackState } from "../provider/drift/stackState";
import { allDefinitions, type Definition, type Values } from "../provider/lifecycle/definition";
import { areSecretsRead, holdsSecret, opened } from "./stackSecrets";

/** What is known of a stack beside its state. */
export type StackPlace = Pick<StackState, "name" | "project" | "config">;

/**
 * Reads what `pulumi stack export` printed, parsed. What cannot be compared, or not as it is, comes
 * with a note.
 * @throws Error that names the stack if it is no deployment of version 3 or 4
 */
export function stackStateOf(place: StackPlace, exported: unknown): StackState {
  const { resources, pending } = deploymentOf(place.name, exported);
  const secretsRead = areSecretsRead(exported);
  const ours = resources.flatMap((one) => ownOf(one) ?? []);
  const held = ours.flatMap((own) => heldOf(own, secretsRead) ?? []);
  return {
    ...place,
    resources: held,
    secretsRead,
    notes: [
      ...(secretsRead ? [] : [LOCKED(place.name)]),
      ...ours.flatMap(notesOn),
      ...pending.flatMap(pendingNote),
    ],
  };
}

const LOCKED = (stack: string) =>
  `The secrets in the state of the stack ${stack} could not be decrypted and are not compared: ${ACCESS}`;

/** What to do about secrets that could not be decrypted. */
export const ACCESS = "set PULUMI_CONFIG_PASSPHRASE, or whatever else opens them for `pulumi up`.";

const VERSIONS: readonly unknown[] = [3, 4];

function deploymentOf(stack: string, exported: unknown): Record<"resources" | "pending", Values[]> {
  const { version, deployment } = isObject(exported) ? exported : {};
  if (typeof version === "number" && !VERSIONS.includes(version)) {
    throw new Error(
      `The state of the stack ${stack} has version ${version}; versions ${VERSIONS.join(" and ")} can be read. A newer pulumi-vpnaas may read it.`,
    );
  }
  const resources = isObject(deployment) ? objectsIn(deployment["resources"]) : undefined;
  const pending = isObject(deployment) ? objectsIn(deployment["pending_operations"]) : undefined;
  if (version === undefined || resources === undefined || pending === undefined) {
    throw new Error(`The state of the stack ${stack} is no deployment of Pulumi.`);
  }
  return { resources, pending };
}

/** A resource of this provider, as the state has it. */
interface Own {
  readonly raw: Values;
  readonly urn: string;
  /** Kind and logical name, for people. */
  readonly title: string;
  readonly name: string;
  readonly definition: Definition | undefined;
}

const TYPE = /^pulumi-nodejs:dynamic\/vpnaas:(.+)$/;

function ownOf(raw: Values): Own | undefined {
  const { type, urn } = raw;
  const kind = typeof type === "string" ? TYPE.exec(type)?.[1] : undefined;
  if (kind === undefined || typeof urn !== "string") return undefined;
  const name = urn.split("::").slice(3).join("::");
  const definition = allDefinitions().find((one) => one.kind === kind);
  return { raw, urn, name, title: `${kind} ${name}`, definition };
}

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
    isCompared: isWhole(raw) && !APART.some((mark) => raw[mark] === true),
  };
}

/** Marks of the engine: a replacement has its place, its replacement is not made yet, it was looked up. */
const APART = ["delete", "pendingReplacement", "external"] as const;

function isWhole({ inputs, outputs }: Values): boolean {
  return isObject(inputs) && isObject(outputs);
}

interface Properties {
  readonly values: Values;
  readonly secret: readonly string[];
  readonly unread: readonly string[];
}

/** A property of which a part is secret counts as secret. */
function propertiesOf(raw: unknown, canRead: boolean): Properties {
  const entries = Object.entries(isObject(raw) ? raw : {}).filter(([name]) => !isInternal(name));
  const secret = entries.filter(([, value]) => holdsSecret(value)).map(([name]) => name);
  return {
    values: Object.fromEntries(entries.map(([name, value]) => [name, opened(value)])),
    secret,
    unread: canRead ? [] : secret,
  };
}

/** The provider's text and the like: the engine takes such names for its own affairs. */
function isInternal(name: string): boolean {
  return name.startsWith("__");
}

function without(values: Values, names: ReadonlySet<string>): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)));
}

function notesOn({ raw, title, definition }: Own): string[] {
  const other = "it was written by another version of pulumi-vpnaas";
  if (!definition) return [`${title} is of a kind that is not known here: ${other}.`];
  if (raw["pendingReplacement"] === true) {
    return [`${title} was deleted for a replacement that was never made: \`pulumi up\` makes it.`];
  }
  if (!isWhole(raw)) {
    return [`${title} has no inputs or no outputs in the state and is not compared: ${other}.`];
  }
  const known = new Set(definition.fields.map(({ name }) => name));
  const unknown = Object.keys({ ...(raw["inputs"] as Values), ...(raw["outputs"] as Values) })
    .filter((name) => !known.has(name) && !isInternal(name))
    .join(", ");
  return [
    ...(unknown ? [`${title} has ${unknown}, not known here and not compared: ${other}.`] : []),
    ...(raw["taint"] === true ? [`${title} is tainted: \`pulumi up\` replaces it.`] : []),
  ];
}

function pendingNote({ type, resource }: Values): string[] {
  const own = isObject(resource) ? ownOf(resource) : undefined;
  if (!own) return [];
  const begun = `${own.title} was being ${DONE[String(type)] ?? "worked on"} when the last run ended, or is right now`;
  return type === "creating"
    ? [
        `${begun}: \`pulumi up\` looks for it in the cloud; \`pulumi refresh --clear-pending-creates\` ends the warning.`,
      ]
    : [`${begun}: the cloud is compared with the state from before.`];
}

const DONE: Readonly<Record<string, string>> = {
  creating: "created",
  updating: "updated",
  deleting: "deleted",
  reading: "read",
};

/** Undefined if it is no list; a stack that never had a resource has none at all. */
function objectsIn(list: unknown): Values[] | undefined {
  if (list === undefined || list === null) return [];
  return Array.isArray(list) ? list.filter(isObject) : undefined;
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
