import type { Dialect } from "../dialect";
import { responseCheck } from "./responseCheck";
import { type StatusBehavior, statusBehaviorOf } from "./statusBehavior";
import { fieldOf, type Field } from "./field";
import type { Values } from "../values";
import type { NamedSchema } from "../validation/namedSchema";
import { inputSchemaOf } from "./jsonSchema";
import { isInDialect, RESOURCES, type CloudTypeName, type TypeName } from "./packageSchema";

export type { Field } from "./field";
export type { Values } from "../values";
export type { CloudTypeName as Kind, TypeName as ResourceKind } from "./packageSchema";

/** A type of resource in programs and states. */
export interface ResourceType {
  /** For example `IpsecSiteConnection`. */
  readonly kind: TypeName;
  readonly fields: readonly Field[];
  /** Whether clouds of a dialect have this type. */
  readonly available: Readonly<Record<Dialect, boolean>>;
  /**
   * Inputs for which two objects with equal values conflict: if a replacement changes none of them,
   * it deletes the old object before it creates the new one. Empty if there are none.
   */
  readonly identity: readonly string[];
  /** Whether the cloud refuses every change of an object that another one refers to. */
  readonly fixedInUse: boolean;
  /** The JSON Schema of the inputs in a dialect; messages use it too. */
  readonly inputSchema: Readonly<Record<Dialect, NamedSchema>>;
}

/** A type of resource with an object in the cloud. */
export interface CloudResourceType extends ResourceType {
  readonly kind: CloudTypeName;
  /** The last segment of the collection's path, such as `ikepolicies`. */
  readonly path: string;
  /** The key that wraps a single object. */
  readonly envelope: string;
  /**
   * The key that wraps a list. Neutron names a collection with underscores, and its path is that
   * name with hyphens (neutron, `api/v2/resource_helper.py`).
   */
  readonly listEnvelope: string;
  /** Neutron's error type for an unknown id of this type. */
  readonly notFoundType: string;
  /** The names in the API of the secret fields. */
  readonly secretAttributes: readonly string[];
  /** The problem with an object of a response: see {@link responseCheck}. */
  readonly problemIn: (object: Values, how?: "part") => string | undefined;
  /** The names of the fields that a lookup accepts as criteria. */
  readonly filters: readonly string[];
  /** How the status changes; undefined if objects of the type have none. */
  readonly status: StatusBehavior | undefined;
  /**
   * Whether the response to a POST may lack values that the cloud adds afterwards: the addresses of
   * a VPN service (neutron-vpnaas calls `set_external_tunnel_ips` after building the response).
   */
  readonly completedLater: boolean;
}

/** The type of an object in the cloud, as schema.json describes it. */
export function cloudResourceType(kind: CloudTypeName): CloudResourceType {
  return CLOUD_TYPES[kind];
}

/** All types of objects in the cloud. */
export function allCloudResourceTypes(): readonly CloudResourceType[] {
  return Object.values(CLOUD_TYPES);
}

/** Any type of resource, as schema.json describes it. */
export function resourceType(kind: TypeName): ResourceType {
  return isVirtual(kind) ? VIRTUAL_TYPES[kind] : CLOUD_TYPES[kind];
}

/** All types of resources, including virtual ones. */
export function allResourceTypes(): readonly ResourceType[] {
  return [...allCloudResourceTypes(), ...Object.values(VIRTUAL_TYPES)];
}

/** Whether a field is an input in any dialect; only the cloud sets other fields. */
export function isInput({ input }: Field): boolean {
  return input.k5 || input.neutron;
}

function readCloudType(kind: CloudTypeName): CloudResourceType {
  const resource = RESOURCES[kind];
  const type = readType(kind);
  return {
    ...type,
    kind,
    path: resource["x-collection"],
    envelope: resource["x-envelope"],
    listEnvelope: resource["x-collection"].replaceAll("-", "_"),
    notFoundType: resource["x-not-found"],
    secretAttributes: type.fields.filter((field) => field.secret).map((field) => field.wire),
    problemIn: responseCheck(resource, type.fields),
    filters: resource["x-filters"],
    status: statusBehaviorOf(resource["x-status"], type.fields),
    completedLater: resource["x-completed-later"] === true,
  };
}

function readType(kind: TypeName): ResourceType {
  const resource = RESOURCES[kind];
  const names = new Set([
    ...Object.keys(resource.inputProperties),
    ...Object.keys(resource.properties),
  ]);
  return {
    kind,
    fields: [...names].map((name) => fieldOf(name, resource)),
    available: { k5: isInDialect(resource, "k5"), neutron: isInDialect(resource, "neutron") },
    identity: resource["x-identity"] ?? [],
    fixedInUse: resource["x-fixed-in-use"] === true,
    inputSchema: { k5: inputSchemaOf(kind, "k5"), neutron: inputSchemaOf(kind, "neutron") },
  };
}

function isVirtual(kind: TypeName): kind is VirtualKind {
  return RESOURCES[kind]["x-virtual"] === true;
}

type VirtualKind = Exclude<TypeName, CloudTypeName>;

const ALL = Object.keys(RESOURCES) as TypeName[];

const CLOUD_TYPES = Object.fromEntries(
  ALL.filter((kind) => !isVirtual(kind)).map((kind) => [kind, readCloudType(kind)]),
) as Readonly<Record<CloudTypeName, CloudResourceType>>;

const VIRTUAL_TYPES = Object.fromEntries(
  ALL.filter(isVirtual).map((kind) => [kind, readType(kind)]),
) as Readonly<Record<VirtualKind, ResourceType>>;
