import { PluginProcess } from "../../support/harness/pluginProcess";
import type { Properties } from "../../support/harness/providerProcess";
import type { Scene } from "../scene";

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
