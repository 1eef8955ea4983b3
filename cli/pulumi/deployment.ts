import { isExplicitProvider } from "../../provider/config/providerArguments";
import {
  allCloudResourceTypes,
  allResourceTypes,
  type CloudResourceType,
  type Values,
} from "../../provider/schema/resourceType";
import { isNewer } from "../../provider/model/storedState";

/** The parts of an exported deployment that belong to this provider, without virtual resources. */
export interface OwnParts {
  readonly resources: readonly Own[];
  /** The providers of the plugin that the program creates, as the state has them, by URN and id. */
  readonly providers: ReadonlyMap<string, Values>;
  /** The operations of an interrupted or an active run. */
  readonly pending: readonly PendingOperation[];
}

/** A resource of this provider in the state. */
export interface Own {
  readonly raw: Values;
  readonly urn: string;
  /** Kind and logical name, for messages. */
  readonly title: string;
  readonly name: string;
  /** Undefined for a kind unknown to this version. */
  readonly definition: CloudResourceType | undefined;
}

/** An operation that has begun but not ended. */
export interface PendingOperation {
  /** The engine's name of the operation, such as `creating`. */
  readonly type: string;
  readonly own: Own;
}

/**
 * Selects the parts of this provider from the parsed output of `pulumi stack export`.
 * @throws Error that names the stack if the output is not a deployment of version 3 or 4
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
    throw new Error(`The state of the stack ${stack} is not a deployment of Pulumi.`);
  }
  return {
    resources: resources.flatMap(ownOf),
    providers: new Map(resources.filter(isOwnProvider).map((one) => [referenceOf(one), one])),
    pending: pending.flatMap(({ type, resource }) =>
      isObject(resource) ? ownOf(resource).map((own) => ({ type: String(type), own })) : [],
    ),
  };
}

const VERSIONS: readonly unknown[] = [3, 4];

/** The types of resources through each door. */
const TYPE = /^(?:pulumi-nodejs:dynamic\/vpnaas|vpnaas:index):(.+)$/;

function isOwnProvider({ type, urn }: Values): boolean {
  return type === "pulumi:providers:vpnaas" && isExplicitProvider(String(urn));
}

/** The word by which resources name their provider. */
function referenceOf({ urn, id }: Values): string {
  return `${String(urn)}::${String(id)}`;
}

/** The kind of a resource of this provider; undefined for others, and for the component Tunnel. */
export function kindOf({ type, custom }: Values): string | undefined {
  return typeof type === "string" && custom !== false ? TYPE.exec(type)?.[1] : undefined;
}

function ownOf(raw: Values): Own[] {
  const { urn } = raw;
  const kind = kindOf(raw);
  if (kind === undefined || typeof urn !== "string") return [];
  const name = urn.split("::").slice(3).join("::");
  const definition = allCloudResourceTypes().find((one) => one.kind === kind);
  const isVirtual = definition === undefined && allResourceTypes().some((one) => one.kind === kind);
  if (isVirtual) return [];
  return [{ raw, urn, name, title: `${kind} ${name}`, definition }];
}

/** Whether a resource has the inputs and outputs that a comparison needs. */
export function isWhole({ inputs, outputs }: Values): boolean {
  return isObject(inputs) && isObject(outputs);
}

/** Whether a newer version wrote the outputs of a resource, in a format unknown to this one. */
export function isOfNewerFormat({ outputs }: Values): boolean {
  return isObject(outputs) && isNewer(outputs);
}

/** The properties in the inputs or outputs of a resource, without internal ones such as `__provider`. */
export function propertiesIn(part: unknown): [name: string, value: unknown][] {
  // The engine reserves names with this prefix.
  return Object.entries(isObject(part) ? part : {}).filter(([name]) => !name.startsWith("__"));
}

/** Undefined if it is not a list. A stack that never had a resource has no list, which counts as empty. */
function objectsIn(list: unknown): Values[] | undefined {
  if (list === undefined || list === null) return [];
  return Array.isArray(list) ? list.filter(isObject) : undefined;
}

/** Whether a value is an object of JSON. */
export function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
