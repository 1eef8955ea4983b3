import {
  entryOf,
  type Clouds,
  type CloudProject,
  type LocatedResource,
} from "../../../provider/drift/clouds";
import type { HeldResource, StackState } from "../../../provider/drift/stackState";
import { takeInventory, type Inventory } from "../../../provider/drift/inventory";
import type { Kind, Values } from "../../../provider/schema/resourceType";
import type { NeutronClient, WireObject } from "../../../provider/neutron/client";
import { PROJECT_ID } from "./builders";
import { aState, aWire, checkedInputs } from "./kinds";
import { aCloud } from "./givenContext";

/** The endpoint of every {@link aPlace} without another one. */
export const ENDPOINT = "http://network.example.org";

/** Changes of a resource in a state. */
interface HeldChanges extends Partial<Omit<HeldResource, "kind" | "inputs" | "outputs">> {
  /** Additional inputs of the program. */
  readonly given?: Values;
  /** Additional values of the cloud when the state was recorded. */
  readonly wire?: Values;
  /** Values of the state, regardless of the cloud. */
  readonly state?: Values;
}

/**
 * A resource as `up` recorded it in the state of the stack `dev`, with its object as in {@link
 * aWire}.
 */
export function aHeld(
  kind: Kind,
  { given = {}, wire = {}, state = {}, ...over }: HeldChanges = {},
): HeldResource {
  const name = over.name ?? "office";
  return {
    urn: `urn:pulumi:dev::network::pulumi-nodejs:dynamic/vpnaas:${kind}::${name}`,
    name,
    kind,
    id: aWire(kind).id,
    inputs: checkedInputs(kind, given),
    outputs: { ...aState(kind, given, wire), endpoint: ENDPOINT, ...state },
    secret: new Set(),
    unread: new Set(),
    options: [],
    isCompared: true,
    ...over,
  };
}

/** A stack of the project `network` with those resources. */
export function aStack(
  resources: readonly HeldResource[],
  changes: Partial<StackState> = {},
): StackState {
  return {
    name: "dev",
    project: "network",
    config: () => undefined,
    resources,
    secretsRead: true,
    notes: [],
    ...changes,
  };
}

/** Changes of a cloud. */
interface PlaceChanges extends Partial<Omit<CloudProject, "clients">> {
  readonly endpoint?: string;
  /** Calls that replace those of the cloud. */
  readonly instead?: Partial<Pick<NeutronClient, "get" | "list" | "projectId">>;
}

/** A cloud with those objects; `asked` has every call, such as `list IkePolicy`. */
export function aPlace(
  content: Partial<Record<Kind, readonly Values[]>> = {},
  { endpoint = ENDPOINT, instead = {}, ...over }: PlaceChanges = {},
): CloudProject & { readonly asked: readonly string[] } {
  const asked: string[] = [];
  const objects = content as Partial<Record<Kind, readonly WireObject[]>>;
  const { context } = aCloud("IpsecSiteConnection", objects, (own) => ({
    list: (place, filter) => {
      asked.push(`list ${place.kind}`);
      return (instead.list ?? own.list)(place, filter);
    },
    get: (place, id) => {
      asked.push(`get ${place.kind} ${id}`);
      return (instead.get ?? own.get)(place, id);
    },
    ...(instead.projectId && { projectId: instead.projectId }),
  }));
  return {
    endpoint,
    clients: [Object.assign(context.client, { endpoint })],
    dialect: "neutron",
    projectId: PROJECT_ID,
    names: new Set<string>(),
    requests: new Map<string, number>(),
    asked,
    ...over,
  };
}

/** The clouds, by stack and name; a string stands for a login that fails with it. */
export function cloudsAt(
  at: (stack: StackState, cloud: string | undefined) => CloudProject | string,
) {
  const logins: string[] = [];
  const clouds = {
    forgetRequests: () => undefined,
    of(stack: StackState, { outputs }: LocatedResource) {
      const cloud = entryOf(outputs);
      logins.push(`${stack.name} ${String(cloud)}`);
      const found = at(stack, cloud);
      return typeof found === "string" ? Promise.reject(new Error(found)) : Promise.resolve(found);
    },
  } as unknown as Clouds;
  return { clouds, logins };
}

/** The inventory of stacks in one cloud. */
export function surveyed(
  place: CloudProject,
  ...stacks: readonly StackState[]
): Promise<Inventory> {
  return takeInventory(cloudsAt(() => place).clouds, stacks);
}
