import type { ApiObject } from "./api";
import type { Cloud } from "./cloud";
import { KINDS, type Args } from "./kinds";
import { newStack, ResourceStack, type Program } from "./resources";

export type { Args };

/** A stack of connections alone, on what {@link Cloud.parents} has made past Pulumi. */
export class ConnectionStack extends ResourceStack {
  /** Makes the stack, with the login of a member. */
  static async create(cloud: Cloud, config: Record<string, string> = {}): Promise<ConnectionStack> {
    return new ConnectionStack(await newStack(cloud, config), cloud);
  }

  /** Makes the program declare exactly these connections; what they all need is filled in. */
  declare(connections: Readonly<Record<string, Args>>): void {
    const program = Object.entries(connections).map(([name, args]) => [
      name,
      { kind: "IpsecSiteConnection", args: { ...this.basis, ...args } },
    ]);
    this.write(Object.fromEntries(program) as Program);
  }

  /** The least that a connection needs. */
  get basis(): Args {
    return {
      ...this.cloud.parents,
      peerAddress: "203.0.113.77",
      peerId: "203.0.113.77",
      peerCidrs: ["10.2.0.0/24"],
      psk: "canary-psk",
    };
  }

  /** Every connection that the cloud has. */
  async inCloud(): Promise<ApiObject[]> {
    return this.cloud.api.list(KINDS.IpsecSiteConnection.path);
  }
}

/** A cloud for all tests of a `describe`, and for each test a stack of connections alone. */
export interface ConnectionStage {
  readonly cloud: Cloud;
  readonly program: ConnectionStack;
}

/** Sets a stage for a `describe`; what a test left goes away at its end. */
export function connectionStageOn(start: () => Promise<Cloud>): ConnectionStage {
  let cloud: Cloud;
  let program: ConnectionStack;
  beforeAll(async () => {
    cloud = await start();
  });
  afterAll(async () => {
    await cloud.stop();
  });
  beforeEach(async () => {
    program = await ConnectionStack.create(cloud);
  });
  afterEach(async () => {
    await program.dispose();
    const { path } = KINDS.IpsecSiteConnection;
    for (const { id } of await program.inCloud()) await cloud.api.delete(`${path}/${id}`);
  });
  return {
    get cloud() {
      return cloud;
    },
    get program() {
      return program;
    },
  };
}
