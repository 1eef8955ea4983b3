import { ApiError, NotFoundError } from "../../../provider/errors";
import { OwnershipRegistry } from "../../../provider/lifecycle/core/ownership";
import { Declarations, type Declaration } from "../../../provider/lifecycle/preflight/declarations";
import { CloudFacts } from "../../../provider/lifecycle/preflight/facts";
import type {
  Declared,
  Finding,
  PreflightRule,
} from "../../../provider/lifecycle/preflight/finding";
import type { Collection, NeutronClient } from "../../../provider/neutron/client";
import { cloudResourceType, type Kind } from "../../../provider/schema/resourceType";
import type { Values } from "../../../provider/values";
import { secretsOf, wireObject } from "./builders";
import { FakeClock } from "./fakeClock";
import { notFound } from "./givenContext";

export const ENDPOINT = "http://network.example.org";
export const PROJECT = "p1";

/** The answers of a cloud to the questions of a preflight. */
export interface CloudContent {
  readonly endpoint?: string;
  readonly objects?: Partial<Record<Kind, readonly Values[]>>;
  /** Routers and subnets by id. */
  readonly routers?: Readonly<Record<string, Values>>;
  readonly subnets?: Readonly<Record<string, Values>>;
  readonly ports?: readonly Values[];
  readonly extensions?: readonly string[];
  readonly quota?: Values;
  readonly roles?: readonly string[];
  /** The collections whose GET answers 403, such as `routers`. */
  readonly refused?: readonly string[];
  /** The ids of the objects that resources of the run hold. */
  readonly held?: readonly string[];
}

/**
 * A cloud without a network whose every request lasts a millisecond. `requests` has the intent and
 * the path of each, `deadlines` those of its clients.
 */
export function preflightCloud(content: CloudContent = {}) {
  const clock = new FakeClock();
  const requests: string[] = [];
  const deadlines: number[] = [];
  const ask = async <T>(request: string, collection: string, answer: () => T): Promise<T> => {
    requests.push(request);
    await Promise.resolve();
    clock.pass(1);
    if (content.refused?.includes(collection)) throw refused(collection);
    return answer();
  };
  const rowsOf = ({ kind }: Collection) =>
    (content.objects?.[kind as Kind] ?? []).map((row) => wireObject(row));
  const client = {
    endpoint: content.endpoint ?? ENDPOINT,
    secrets: secretsOf("very secret"),
    within: (deadline: number) => {
      deadlines.push(deadline);
      return client;
    },
    list: (type: Collection) => ask(`list: ${type.path}`, type.path, () => rowsOf(type)),
    get: (type: Collection, id: string) =>
      ask(`get: ${type.path}/${id}`, `${type.path}/${id}`, () => {
        const found = rowsOf(type).find((one) => one.id === id);
        if (found === undefined) throw notFound(cloudResourceType(type.kind as Kind));
        return found;
      }),
    document: (at: string, intent: string) => {
      const [, name, id] = /^\/v2\.0\/([a-z]+)(?:\/([^/]*))?/.exec(at)!;
      return ask(`${intent}: ${at}`, name!, () => documentOf(content, name!, id));
    },
    roles: () => ask("roles", "roles", () => content.roles ?? ["member"]),
    projectId: () => Promise.resolve(PROJECT),
  } as unknown as NeutronClient;
  const ownership = new OwnershipRegistry();
  for (const id of content.held ?? []) ownership.hold(id);
  return { client, clock, deadlines, ownership, requests };
}

/** The facts of such a cloud. */
export function factsOf(content: CloudContent = {}): CloudFacts {
  const { client, clock, ownership } = preflightCloud(content);
  return new CloudFacts(client, clock, ownership);
}

/** The requests that a rule sends for a resource to such a cloud. */
export async function requestsOf(
  rule: PreflightRule,
  one: Declared,
  content: CloudContent = {},
): Promise<readonly string[]> {
  const { client, clock, ownership, requests } = preflightCloud(content);
  await rule(one, new CloudFacts(client, clock, ownership));
  return requests;
}

function documentOf(content: CloudContent, name: string, id: string | undefined): Values {
  switch (name) {
    case "routers":
      return { router: itemOf("Router", content.routers, id!) };
    case "subnets":
      return { subnet: itemOf("Subnet", content.subnets, id!) };
    case "ports":
      return { ports: content.ports ?? [] };
    case "extensions":
      return { extensions: (content.extensions ?? ALL_EXTENSIONS).map((alias) => ({ alias })) };
    default:
      return { quota: content.quota ?? {} };
  }
}

export const ALL_EXTENSIONS = [
  "vpnaas",
  "vpn-endpoint-groups",
  "vpn-flavors",
  "vpn-aes-ctr",
  "quota_details",
];

function itemOf(type: string, items: Readonly<Record<string, Values>> = {}, id: string): Values {
  if (items[id] === undefined) throw missing(`${type}NotFound`);
  return { id, ...items[id] };
}

/** A 404 of a type. */
export function missing(faultType: string | undefined): NotFoundError {
  return new NotFoundError("404", { status: 404, method: "GET", path: "/", faultType });
}

function refused(collection: string): ApiError {
  return new ApiError(`403 for ${collection}`, { status: 403, method: "GET", path: "/" });
}

/** The parts of a declared resource that a test sets; `others` are further resources of its run. */
export interface Changes {
  readonly oldInputs?: Values;
  readonly dialect?: Declared["dialect"];
  readonly others?: readonly Declaration[];
}

/** A resource of a run, declared in the dialect neutron. */
export function declared(
  kind: Kind,
  inputs: Values,
  { others = [], ...rest }: Changes = {},
): Declared {
  const run = new Declarations();
  for (const other of others) run.declare(other);
  return {
    kind,
    subject: `${kind} ${String(inputs["name"])}`,
    inputs,
    oldInputs: {},
    dialect: "neutron",
    others: run.besides(kind, inputs),
    ...rest,
  };
}

/** The findings of a rule for a resource, in a cloud with that content. */
export function findingsOf(
  rule: PreflightRule,
  one: Declared,
  content: CloudContent = {},
): Promise<readonly Finding[]> {
  return rule(one, factsOf(content));
}

/** The severity and the path of each finding. */
export async function pathsOf(
  rule: PreflightRule,
  one: Declared,
  content: CloudContent = {},
): Promise<readonly string[]> {
  const findings = await findingsOf(rule, one, content);
  return findings.map(({ severity, path }) => `${severity} ${path}`);
}
