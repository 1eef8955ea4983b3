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

/** A cloud and a stack of connections alone for all scenarios of a file; both are empty when a scenario begins. */
export interface ConnectionStage {
  readonly cloud: Cloud;
  readonly program: ConnectionStack;
  /** Ends a scenario and deletes its connections. */
  readonly leave: () => Promise<void>;
}

/** Sets a stage for a `describe`; its cloud exists from the first test on. */
export function connectionStageOn(start: () => Promise<Cloud>): ConnectionStage {
  let cloud: Cloud;
  let program: ConnectionStack;
  let restore: () => Promise<void>;
  beforeAll(async () => {
    cloud = await start();
    program = await ConnectionStack.create(cloud);
    restore = program.stack.save();
  });
  afterAll(async () => {
    await program.dispose();
    await cloud.stop();
  });
  return {
    get cloud() {
      return cloud;
    },
    get program() {
      return program;
    },
    leave: async () => {
      await restore();
      const { path } = KINDS.IpsecSiteConnection;
      for (const { id } of await program.inCloud()) await cloud.api.delete(`${path}/${id}`);
    },
  };
}
