import { PluginProcess } from "../../support/harness/pluginProcess";
import type { Properties } from "../../support/harness/providerProcess";
import { Scene } from "../scene";

/** Starts a plugin process that is configured with a login as a member of the scene's cloud. */
export async function startPlugin(
  scene: Scene,
  changes: Properties = {},
  env?: Record<string, string>,
): Promise<PluginProcess> {
  const plugin = await PluginProcess.start(env);
  await plugin.configure({ ...loginOf(scene), ...changes });
  return plugin;
}

/** The settings of a login as a member. */
export function loginOf({ sim }: Scene): Properties {
  return {
    authUrl: sim.identityUrl,
    username: "lab-user",
    password: "lab-user-pass",
    projectName: "lab",
    dialect: "neutron",
  };
}

/** A scene with a configured plugin for all tests of a file; both exist from the first test on. */
export function sharedPlugin(): { readonly scene: Scene; readonly plugin: PluginProcess } {
  let scene: Scene;
  let plugin: PluginProcess;
  beforeAll(async () => {
    scene = await Scene.open();
    plugin = await startPlugin(scene);
  });
  afterAll(async () => {
    await plugin.stop();
    await scene.close();
  });
  return {
    get scene() {
      return scene;
    },
    get plugin() {
      return plugin;
    },
  };
}
