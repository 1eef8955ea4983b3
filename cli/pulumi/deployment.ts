import {
  allCloudResourceTypes,
  allResourceTypes,
  type CloudResourceType,
  type Values,
} from "../../provider/schema/resourceType";
import { isNewer } from "../../provider/model/storedState";

/** What an exported deployment has of this provider, apart from kinds that no cloud knows. */
export interface OwnParts {
  readonly resources: readonly Own[];
  /** What the last run was cut short in, or a run is doing right now. */
  readonly pending: readonly PendingOperation[];
}

/** A resource of this provider, as the state has it. */
export interface Own {
  readonly raw: Values;
  readonly urn: string;
  /** Kind and logical name, for people. */
  readonly title: string;
  readonly name: string;
  /** Undefined for a kind that is not known here. */
  readonly definition: CloudResourceType | undefined;
}

/** An operation that had begun and not ended. */
export interface PendingOperation {
  /** The engine's word, such as `creating`. */
  readonly type: string;
  readonly own: Own;
}

/**
 * Reads what `pulumi stack export` printed for the stack of that name, parsed.
 * @throws Error that names the stack if it is no deployment of version 3 or 4
 */
export function ownPartsOf(stack: string, exported: unknown): OwnParts {
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
  return {
    resources: resources.flatMap(ownOf),
    pending: pending.flatMap(({ type, resource }) =>
      isObject(resource) ? ownOf(resource).map((own) => ({ type: String(type), own })) : [],
    ),
  };
}

const VERSIONS: readonly unknown[] = [3, 4];

const TYPE = /^pulumi-nodejs:dynamic\/vpnaas:(.+)$/;

function ownOf(raw: Values): Own[] {
  const { type, urn } = raw;
  const kind = typeof type === "string" ? TYPE.exec(type)?.[1] : undefined;
  if (kind === undefined || typeof urn !== "string") return [];
  const name = urn.split("::").slice(3).join("::");
  const definition = allCloudResourceTypes().find((one) => one.kind === kind);
  const isVirtual = definition === undefined && allResourceTypes().some((one) => one.kind === kind);
  if (isVirtual) return [];
  return [{ raw, urn, name, title: `${kind} ${name}`, definition }];
}

/** Whether a resource has what it can be compared by. */
export function isWhole({ inputs, outputs }: Values): boolean {
  return isObject(inputs) && isObject(outputs);
}

/** Whether the outputs of a resource are in a format that is not known here. */
export function isOfNewerFormat({ outputs }: Values): boolean {
  return isObject(outputs) && isNewer(outputs);
}

/** The properties of a part of a resource, without the provider's text and the like. */
export function propertiesIn(part: unknown): [name: string, value: unknown][] {
  // The engine takes such names for its own affairs.
  return Object.entries(isObject(part) ? part : {}).filter(([name]) => !name.startsWith("__"));
}

/** Undefined if it is no list; a stack that never had a resource has none at all. */
function objectsIn(list: unknown): Values[] | undefined {
  if (list === undefined || list === null) return [];
  return Array.isArray(list) ? list.filter(isObject) : undefined;
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
