import type { ApiObject } from "./api";
import type { Cloud } from "./cloud";
import { KINDS, type Args } from "./kinds";
import { newStack, ResourceStack, type Program } from "./resources";

export type { Args };

/** A stack of connections alone, on the {@link Cloud.parents}, which exist outside Pulumi. */
export class ConnectionStack extends ResourceStack {
  /** Creates the stack, with the login of a member. */
  static async create(cloud: Cloud, config: Record<string, string> = {}): Promise<ConnectionStack> {
    return new ConnectionStack(await newStack(cloud, config), cloud);
  }

  /** Makes the program declare exactly the given connections; fills in the required inputs. */
  declare(connections: Readonly<Record<string, Args>>): void {
    const program = Object.entries(connections).map(([name, args]) => [
      name,
      { kind: "IpsecSiteConnection", args: { ...this.basis, ...args } },
    ]);
    this.write(Object.fromEntries(program) as Program);
  }

  /** The required inputs of a connection. */
  get basis(): Args {
    return {
      ...this.cloud.parents,
      peerAddress: "203.0.113.77",
      peerId: "203.0.113.77",
      peerCidrs: ["10.2.0.0/24"],
      psk: "canary-psk",
    };
  }

  /** Every connection in the cloud. */
  async inCloud(): Promise<ApiObject[]> {
    return this.cloud.api.list(KINDS.IpsecSiteConnection.path);
  }
}

/** A cloud for all tests of a `describe`, and a stack of connections alone for each test. */
export interface ConnectionStage {
  readonly cloud: Cloud;
  readonly program: ConnectionStack;
}

/** Sets a stage for a `describe`; each test's objects are deleted at its end. */
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
