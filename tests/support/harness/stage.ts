import type { Cloud } from "./cloud";
import { ResourceStack } from "./resources";

/** A cloud for all stories of a file, and for each story a stack of its own on an empty cloud. */
export interface Stage {
  readonly cloud: Cloud;
  readonly program: ResourceStack;
  /** Begins a story. */
  readonly enter: () => Promise<void>;
  /** Ends it; whatever it left goes away. */
  readonly leave: () => Promise<void>;
}

/** Sets a stage for a `describe`; its cloud is there from the first test on. */
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
