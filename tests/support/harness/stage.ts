import type { Cloud } from "./cloud";
import { ResourceStack } from "./resources";

/** A cloud for all scenarios of a file, and a separate stack on an empty cloud for each scenario. */
export interface Stage {
  readonly cloud: Cloud;
  readonly program: ResourceStack;
  /** Begins a scenario. */
  readonly enter: () => Promise<void>;
  /** Ends a scenario and deletes its objects. */
  readonly leave: () => Promise<void>;
}

/** Sets a stage for a `describe`; its cloud exists from the first test on. */
export function stageOn(start: () => Promise<Cloud>, config: Record<string, string> = {}): Stage {
  let cloud: Cloud;
  let program: ResourceStack;
  beforeAll(async () => {
    cloud = await start();
    await cloud.clear();
  });
  afterAll(async () => {
    await cloud.stop();
  });
  return {
    get cloud() {
      return cloud;
    },
    get program() {
      return program;
    },
    enter: async () => {
      program = await ResourceStack.make(cloud, config);
    },
    leave: async () => {
      await program.dispose();
      await cloud.clear();
    },
  };
}
