import { startSimulator, type Simulator, type SimulatorOptions } from "../../simulator";
import { api, login, makeParents, type Api, type Parents } from "./api";
import { startNeutron } from "./neutron";

/** A request that the network API answered, as far as scenarios look at it. */
export interface CloudRequest {
  readonly method: string;
  /** From `/v2.0` on, without the query. */
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
}

/** A cloud to run a scenario on: the simulator, or a live Neutron with Keystone. */
export interface Cloud {
  readonly endpoint: string;
  readonly identityUrl: string;
  /** What connections of project `lab` stand on. */
  readonly parents: Parents;
  /** The network API with the rights of a member of project `lab`. */
  readonly api: Api;
  /** Makes a VPN service without a subnet and groups of endpoints for it: new ones at each call. */
  groups(): Promise<Groups>;
  /** Every request so far, in order. */
  requests(): Promise<CloudRequest[]>;
  stop(): Promise<void>;
}

/** What a connection of endpoint groups stands on. */
export interface Groups {
  readonly vpnServiceId: string;
  readonly localEpGroupId: string;
  readonly peerEpGroupId: string;
  readonly otherPeerEpGroupId: string;
}

/** Who can log in, on every cloud here. */
const PASSWORDS = {
  "lab-user": "lab-user-pass",
  "lab-reader": "lab-reader-pass",
  "lab-other-user": "lab-other-pass",
} as const;

/** A member of project `lab`, a reader there, and a member of another project. */
export type User = keyof typeof PASSWORDS;

/** The environment in which the provider logs in to a cloud as a user. */
export function loginOf(cloud: Cloud, user: User = "lab-user"): Record<string, string> {
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

/** Starts a simulator of its own for one suite. */
export async function simulatedCloud(options: SimulatorOptions = {}): Promise<Cloud> {
  return cloudOf(await startSimulator(options));
}

/** A running simulator as a cloud, with what connections stand on. */
export async function cloudOf(simulator: Simulator): Promise<Cloud> {
  return {
    ...(await places(simulator.endpoint, simulator.identityUrl, simulator.fixture)),
    requests: () =>
      Promise.resolve(
        simulator.requests
          .filter(({ path }) => path.startsWith("/network"))
          .map((request) => ({ ...request, path: request.path.slice("/network".length) })),
      ),
    stop: () => simulator.stop(),
  };
}

/** Starts a live Neutron and Keystone of its own for one suite. */
export async function liveCloud(): Promise<Cloud> {
  const neutron = await startNeutron();
  return {
    ...(await places(neutron.endpoint, neutron.identityUrl, neutron.fixture)),
    requests: async () =>
      (await neutron.requests()).map((request) => ({
        ...request,
        path: request.path.split("?")[0]!,
      })),
    stop: () => neutron.stop(),
  };
}

async function places(
  endpoint: string,
  identityUrl: string,
  fixture: { readonly routerId: string; readonly subnetId: string },
): Promise<Pick<Cloud, "endpoint" | "identityUrl" | "parents" | "api" | "groups">> {
  const member = api(endpoint, await login(identityUrl));
  return {
    endpoint,
    identityUrl,
    api: member,
    parents: await makeParents(member, fixture),
    groups: () => makeGroups(member, fixture),
  };
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
