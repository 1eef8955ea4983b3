import { dynamicDoor } from "./dynamicDoor";
import type { Door } from "./door";
import { version } from "./providerApi";
import { leaveUnknownSettings } from "./run";

/** The door of the plugin `pulumi-resource-vpnaas`. It makes default names and marks secrets itself. */
export const pluginDoor: Door = {
  typeOf: (kind) => `vpnaas:index:${kind}`,
  inputsOf: () => ({}),
  /** The alias lets a resource of the dynamic door move without a replacement. */
  optionsOf: (kind) => ({ version, aliases: [{ type: dynamicDoor.typeOf(kind) }] }),
  /** The plugin reports them, unless the program creates the provider of the resource: that one gets no keys. */
  reportUnknownSettings: (resource) => {
    if (resource.getProvider("vpnaas:index:Provider") === undefined) leaveUnknownSettings();
  },
};
