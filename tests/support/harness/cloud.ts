import { setTimeout as sleep } from "node:timers/promises";

import {
  startSimulator,
  type FaultRule,
  type Simulator,
  type SimulatorOptions,
} from "../../../simulator";
import { api, login, makeParents, type Api, type ApiObject, type Parents } from "./api";
import { ALL_KINDS, KINDS, type Kind } from "./kinds";
import { startNeutron, type LiveNeutron, type NeutronFixture } from "./neutron";

/** A request that the network API answered, with the parts that scenarios check. */
export interface CloudRequest {
  readonly method: string;
  /** From `/v2.0` on, without the query. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
}

/** A cloud for scenarios: the simulator, or a live Neutron with Keystone. */
export interface Cloud {
  readonly endpoint: string;
  readonly identityUrl: string;
  /** The initial objects of project `lab`. */
  readonly fixture: NeutronFixture;
  /** The ids that connections of project `lab` refer to. */
  readonly parents: Parents;
  /** The network API with the rights of a member of project `lab`. */
  readonly api: Api;
  /** Creates a VPN service without a subnet and endpoint groups for it, new ones at each call. */
  groups(): Promise<Groups>;
  /** Deletes every VPN object of project `lab`, including `parents`. */
  clear(): Promise<void>;
  /** Every VPN object of project `lab`, by kind; kinds without objects are omitted. */
  objects(): Promise<Partial<Record<Kind, readonly ApiObject[]>>>;
  /** Revokes every token of `lab-user`. */
  revokeTokens(): Promise<void>;
  /** The duration for which the network API may still accept a revoked token. */
  readonly tokenCacheSeconds: number;
  /**
   * Makes connections show other values, without the API and the agent. Until the returned function is
   * called, a cloud may show all connections with their values of this moment.
   */
  overrideShown(connections: Readonly<Record<string, Values>>): Promise<() => void>;
  /** Refuses new objects of a kind because of the quota, until the returned function is called. */
  fillQuota(kind: Kind): Promise<() => Promise<void>>;
  /** Every request so far, in order. */
  requests(): Promise<CloudRequest[]>;
  stop(): Promise<void>;
}

/** The common parts of both kinds of clouds. */
type Place = Omit<
  Cloud,
  "requests" | "revokeTokens" | "tokenCacheSeconds" | "overrideShown" | "fillQuota" | "stop"
>;

/** Attributes of a connection by their wire names. */
type Values = Readonly<Record<string, string | null>>;

/** The ids that a connection of endpoint groups refers to. */
export interface Groups {
  readonly vpnServiceId: string;
  readonly localEpGroupId: string;
  readonly peerEpGroupId: string;
  readonly otherPeerEpGroupId: string;
}

/** The users of every cloud of the tests. */
const PASSWORDS = {
  "lab-user": "lab-user-pass",
  "lab-reader": "lab-reader-pass",
  "lab-other-user": "lab-other-pass",
} as const;

/** A member of project `lab`, a reader there, and a member of another project. */
export type User = keyof typeof PASSWORDS;

/** The environment in which the provider logs in to a cloud as a user. */
export function loginOf(
  cloud: Pick<Cloud, "identityUrl">,
  user: User = "lab-user",
): Record<string, string> {
  return {
    OS_AUTH_URL: cloud.identityUrl,
    OS_USERNAME: user,
    OS_PASSWORD: PASSWORDS[user],
    OS_PROJECT_NAME: user === "lab-other-user" ? "lab-other" : "lab",
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_NAME: "Default",
    OS_REGION_NAME: "RegionOne",
  };
}

/** Starts a separate simulator for one suite. */
export async function simulatedCloud(options: SimulatorOptions = {}): Promise<Cloud> {
  return cloudOf(await startSimulator(options));
}

/** A running simulator as a cloud, with the parents of connections. */
export async function cloudOf(simulator: Simulator): Promise<Cloud> {
  const place = await places(simulator);
  return {
    ...place,
    requests: () =>
      Promise.resolve(
        simulator.requests
          .filter(({ path }) => path.startsWith("/network"))
          .map((request) => ({ ...request, path: request.path.slice("/network".length) })),
      ),
    revokeTokens: () => {
      simulator.revokeTokens();
      return Promise.resolve();
    },
    tokenCacheSeconds: 0,
    overrideShown: (connections) => scriptShown(simulator, place.api, connections),
    fillQuota: (kind) => fillQuota(simulator, kind),
    stop: () => simulator.stop(),
  };
}

/** The simulator's objects change by requests alone, so this replaces its responses. */
async function scriptShown(
  simulator: Simulator,
  cloud: Api,
  connections: Readonly<Record<string, Values>>,
): Promise<() => void> {
  const { path, key } = KINDS.IpsecSiteConnection;
  const shown = (await cloud.list(path)).map((one) => ({ ...one, ...connections[one.id] }));
  const rule = (end: string, body: object): FaultRule => ({
    method: "GET",
    path: new RegExp(`${path}${end}$`),
    times: Infinity,
    answer: { status: 200, body },
  });
  const overridden = shown.filter(({ id }) => id in connections);
  const rules = [
    rule("", { [`${key}s`]: shown }),
    ...overridden.map((one) => rule(`/${one.id}`, { [key]: one })),
  ];
  rules.forEach((one) => simulator.script(one));
  return () => rules.forEach((one) => (one.times = 0));
}

/** Sets the limit of a kind to the number of its objects, with the rights of an admin. */
async function fillQuota(
  { endpoint, identityUrl, fixture }: Pick<LiveNeutron, "endpoint" | "identityUrl" | "fixture">,
  kind: Kind,
): Promise<() => Promise<void>> {
  const { path, key } = KINDS[kind];
  const cloud = api(endpoint, await login(identityUrl, "admin", "lab-admin-pass", "admin"));
  const { projectId } = fixture;
  const limit = async (most: number) => {
    await cloud.put(`/quotas/${projectId}`, { quota: { [key]: most } });
  };
  await limit((await cloud.list(`${path}?project_id=${projectId}`)).length);
  return () => limit(-1);
}

/** A live Neutron and Keystone, whose start takes ten seconds of a core. */
export async function liveCloud(): Promise<Cloud> {
  const neutron = await startNeutron();
  const admin = () => login(neutron.identityUrl, "admin", "lab-admin-pass", "admin");
  return {
    ...(await places(neutron)),
    requests: async () =>
      (await neutron.requests()).map((request) => ({
        ...request,
        path: request.path.split("?")[0]!,
      })),
    revokeTokens: async () => renewPassword(neutron.identityUrl, await admin()),
    // tests/live/server/neutron.conf
    tokenCacheSeconds: 10,
    overrideShown: (connections) => {
      for (const [id, columns] of Object.entries(connections)) neutron.writeConnection(id, columns);
      return Promise.resolve(() => undefined);
    },
    fillQuota: (kind) => fillQuota(neutron, kind),
    stop: () => neutron.stop(),
  };
}

/** Sets the same password again, which revokes every token of its user in Keystone. */
async function renewPassword(identityUrl: string, adminToken: string): Promise<void> {
  const headers = { "X-Auth-Token": adminToken, "Content-Type": "application/json" };
  const found = await fetch(`${identityUrl}/users?name=lab-user`, { headers });
  const { users } = (await found.json()) as { users: { id: string }[] };
  const body = JSON.stringify({ user: { password: PASSWORDS["lab-user"] } });
  await fetch(`${identityUrl}/users/${users[0]!.id}`, { method: "PATCH", headers, body });
  // Tokens of the same second count as older than the password.
  await sleep(1_100);
}

async function places({
  endpoint,
  identityUrl,
  fixture,
}: Pick<LiveNeutron, "endpoint" | "identityUrl" | "fixture">): Promise<Place> {
  const member = api(endpoint, () => login(identityUrl));
  return {
    endpoint,
    identityUrl,
    fixture,
    api: member,
    parents: await makeParents(member, fixture),
    groups: () => makeGroups(member, fixture),
    objects: () => objectsOf(member),
    clear: () => clearAll(member),
  };
}

async function clearAll(cloud: Api): Promise<void> {
  for (const [kind, objects] of Object.entries(await objectsOf(cloud))) {
    for (const { id } of objects) await cloud.delete(`${KINDS[kind as Kind].path}/${id}`);
  }
}

async function objectsOf(cloud: Api): Promise<Partial<Record<Kind, readonly ApiObject[]>>> {
  const found: [Kind, ApiObject[]][] = [];
  for (const kind of ALL_KINDS) {
    const { body, status } = await cloud.send("GET", KINDS[kind].path);
    // K5 has no endpoint groups.
    if (status !== 404) found.push([kind, Object.values(body as object)[0] as ApiObject[]]);
  }
  return Object.fromEntries(found.filter(([, objects]) => objects.length > 0));
}

async function makeGroups(
  cloud: Api,
  fixture: { readonly routerId: string; readonly subnetId: string },
): Promise<Groups> {
  const group = async (type: string, endpoint: string) =>
    (
      await cloud.post("/vpn/endpoint-groups", {
        endpoint_group: { name: endpoint, type, endpoints: [endpoint] },
      })
    ).id;
  const service = await cloud.post("/vpn/vpnservices", {
    vpnservice: { name: "of groups", router_id: fixture.routerId },
  });
  return {
    vpnServiceId: service.id,
    localEpGroupId: await group("subnet", fixture.subnetId),
    peerEpGroupId: await group("cidr", "10.5.0.0/24"),
    otherPeerEpGroupId: await group("cidr", "10.6.0.0/24"),
  };
}
