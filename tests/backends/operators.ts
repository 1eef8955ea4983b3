import { startSimulator, type Simulator } from "../../simulator";
import type { Backend } from "../support/harness/backends";
import { cloudOf, type Cloud } from "../support/harness/cloud";
import { ref, ResourceStack, type Program } from "../support/harness/resources";
import type { StateStore } from "../support/harness/stack";

/** An empty cloud for the tests of one file. */
export interface EmptyCloud {
  readonly sim: Simulator;
  readonly cloud: Cloud;
}

export async function emptyCloud(): Promise<EmptyCloud> {
  const sim = await startSimulator({ pendingMs: 300 });
  const cloud = await cloudOf(sim);
  await cloud.clear();
  return { sim, cloud };
}

/** A backend and a cloud that the tests of a file share. */
export interface BackendStage {
  readonly backend: Backend;
  readonly place: EmptyCloud;
}

/** A backend with an empty cloud for a `describe`; they exist from its first test on. */
export function backendOn(start: () => Promise<Backend>): BackendStage {
  let backend: Backend;
  let place: EmptyCloud;
  beforeAll(async () => {
    backend = await start();
    place = await emptyCloud();
  });
  afterAll(async () => {
    await place.cloud.stop();
    await backend.stop();
  });
  return {
    get backend() {
      return backend;
    },
    get place() {
      return place;
    },
  };
}

/** Two operators of one stack: each has a folder, a HOME and a login to the store of its state. */
export class Operators {
  private constructor(
    readonly sim: Simulator,
    private readonly cloud: Cloud,
    readonly first: ResourceStack,
    readonly second: ResourceStack,
  ) {}

  static async create({ sim, cloud }: EmptyCloud, store: StateStore): Promise<Operators> {
    const first = await ResourceStack.make(cloud, {}, { store });
    const operators = new Operators(sim, cloud, first, await first.another());
    operators.write(operators.tunnel());
    return operators;
  }

  /** Writes the same program for both, like a repository. */
  write(program: Program): void {
    for (const one of [this.first, this.second]) one.write(program);
  }

  /** A program of {@link TUNNEL_SIZE} resources: a connection with its dependencies. */
  tunnel(description = "as declared"): Program {
    const { routerId, subnetId } = this.cloud.fixture;
    return {
      hub: { kind: "VpnService", args: { routerId, subnetId } },
      ike: { kind: "IkePolicy" },
      ipsec: { kind: "IpsecPolicy" },
      office: {
        kind: "IpsecSiteConnection",
        args: {
          vpnServiceId: ref("hub.id"),
          ikePolicyId: ref("ike.id"),
          ipsecPolicyId: ref("ipsec.id"),
          peerAddress: "203.0.113.7",
          peerId: "203.0.113.7",
          peerCidrs: ["10.2.0.0/24"],
          psk: "canary-psk",
          description,
        },
      },
    };
  }

  /** The ids of all objects in the cloud, beside those in the state. */
  async ids(): Promise<{ cloud: string[]; state: string[] }> {
    const objects = Object.values(await this.cloud.objects()).flat();
    const resources = Object.values(await this.second.resources());
    return {
      cloud: objects.map(({ id }) => id).sort(),
      state: resources.map(({ id }) => id!).sort(),
    };
  }

  /** Deletes both folders and every object of the cloud. */
  async dispose(): Promise<void> {
    await Promise.all([this.first.dispose(), this.second.dispose()]);
    await this.cloud.clear();
  }
}

/** The number of resources of {@link Operators.tunnel}; the connection is created last. */
export const TUNNEL_SIZE = 4;

/** Compares the ids of all objects in the cloud with those in the state, and their number. */
export async function expectNothingLostOrDoubled(
  operators: Operators,
  count: number,
): Promise<void> {
  const { cloud, state } = await operators.ids();
  expect(cloud).toHaveLength(count);
  expect(state).toEqual(cloud);
}
