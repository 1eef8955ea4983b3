import type { Cloud } from "./cloud";
import { DOOR, type DoorName } from "./doors";
import { ResourceStack } from "./resources";

/** A cloud and a stack for all scenarios of a file; both are empty when a scenario begins. */
export interface Stage {
  readonly cloud: Cloud;
  readonly program: ResourceStack;
  /** Ends a scenario and deletes its objects. */
  readonly leave: () => Promise<void>;
}

/** Sets a stage for a `describe`; its cloud exists from the first test on. */
export function stageOn(
  start: () => Promise<Cloud>,
  config: Record<string, string> = {},
  door: DoorName = DOOR,
): Stage {
  let cloud: Cloud;
  let program: ResourceStack;
  let restore: () => Promise<void>;
  beforeAll(async () => {
    cloud = await start();
    await cloud.clear();
    program = await ResourceStack.make(cloud, config, { door });
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
      await cloud.clear();
    },
  };
}
