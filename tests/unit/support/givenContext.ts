import type { TimedContext } from "../../../provider/lifecycle/core/context";
import {
  cloudResourceType,
  type CloudResourceType,
  type Kind,
  type Values,
} from "../../../provider/schema/resourceType";
import { OwnershipRegistry } from "../../../provider/lifecycle/core/ownership";
import { NotFoundError } from "../../../provider/errors";
import { Secrets } from "../../../provider/http/secrets";
import { Log } from "../../../provider/log";
import type { Collection, NeutronClient, WireObject } from "../../../provider/neutron/client";
import { ipsecSiteConnection } from "../../../provider/resources/ipsecSiteConnection";
import { Progress } from "../../../provider/wait/progress";
import { StatusPoller } from "../../../provider/wait/statusPoller";
import { aWireConnection, PROJECT_ID, wireObject } from "./builders";
import { FakeClock } from "./fakeClock";
import { resourceOf } from "./kinds";

/** The client calls of an operation; a call that is missing here fails. */
type Calls = Partial<
  Pick<NeutronClient, "get" | "list" | "create" | "update" | "remove" | "projectId">
>;

/**
 * The context of an operation in the neutron dialect, on a fake clock, ten minutes before its
 * deadline.
 */
export function aContext(calls: Calls, changes: Partial<TimedContext> = {}) {
  const clock = new FakeClock();
  const lines: string[] = [];
  const log = new Log((line) => lines.push(line));
  const poller = new StatusPoller({ clock, random: () => 0.5 }, () => Promise.reject(new Error()));
  const client = {
    endpoint: "http://network.example.org",
    within: () => client,
    poller: () => poller,
    getSingle: (place: Collection, id: string) => client.get(place, id, 1),
    getRecent: (place: Collection, id: string) => client.get(place, id),
    listNamed: (place: Collection, name: string) => client.list(place, { name }),
    document: () => Promise.resolve({ extensions: [{ alias: "vpnaas" }] }),
    roles: () => Promise.resolve(["member"]),
    secrets: new Secrets(),
    ...calls,
  } as unknown as NeutronClient;
  const context: TimedContext = {
    resource: ipsecSiteConnection,
    dialect: "neutron",
    client,
    log,
    progress: new Progress((line) => log.info(line), clock),
    onDrift: "report",
    secretInputs: new Set(),
    project: "network",
    ownership: new OwnershipRegistry(),
    clock,
    startedAt: clock.now(),
    random: () => 0.5,
    deadline: clock.now() + 600_000,
    ...changes,
  };
  return { context, clock, lines };
}

/** A connection as the client returns it. */
export function aLiveConnection(changes: Record<string, unknown> = {}): WireObject {
  return aWireConnection(changes);
}

/** A cloud with those objects that executes requests; the calls of `instead` replace its own. */
export function aCloud(
  kind: Kind,
  content: Partial<Record<Kind, readonly WireObject[]>> = {},
  instead: (own: Required<Calls>) => Calls = () => ({}),
) {
  const objects = new Map<string, readonly WireObject[]>(Object.entries(content));
  const of = ({ kind: one }: Collection) => objects.get(one) ?? [];
  const requests: [string, ...unknown[]][] = [];
  const find = (place: Collection, id: string): WireObject => {
    const found = of(place).find((one) => one.id === id);
    if (found === undefined) throw notFound(cloudResourceType(place.kind as Kind));
    return found;
  };
  const without = (place: Collection, id: string) => of(place).filter((one) => one.id !== id);
  const answer = <T>(make: () => T): Promise<T> => Promise.resolve().then(make);
  const own: Required<Calls> = {
    get: (place, id) => answer(() => find(place, id)),
    list: (place, filter) =>
      answer(() => {
        const wanted = Object.entries(filter ?? {});
        return of(place).filter((one) => wanted.every(([name, is]) => String(one[name]) === is));
      }),
    create: (place, body) =>
      answer(() => {
        requests.push(["POST", body]);
        const made = wireObject({ id: `made-${requests.length}`, project_id: PROJECT_ID, ...body });
        objects.set(place.kind, [...of(place), made]);
        return made;
      }),
    update: (place, id, body) =>
      answer(() => {
        requests.push(["PUT", id, body]);
        const changed: WireObject = { ...find(place, id), ...body };
        objects.set(place.kind, [...without(place, id), changed]);
        return changed;
      }),
    remove: (place, id) =>
      answer(() => {
        requests.push(["DELETE", id]);
        find(place, id);
        objects.set(place.kind, without(place, id));
      }),
    projectId: () => Promise.resolve(PROJECT_ID),
  };
  const room = aContext({ ...own, ...instead(own) }, { resource: resourceOf(kind) });
  return { ...room, requests, objects: () => objects.get(kind) ?? [] };
}

/** Neutron's 404 for a known resource type with an unknown id. */
export function notFound({ notFoundType }: Pick<CloudResourceType, "notFoundType">): NotFoundError {
  const refusal = { status: 404, method: "GET", path: "/", faultType: notFoundType };
  return new NotFoundError("not found", refusal);
}

/** A connection that refers to those objects, as the client returns it. */
export function aUser(refers: Values, name = "a"): WireObject {
  return aLiveConnection({ id: `${name}-id`, name, ...refers });
}
