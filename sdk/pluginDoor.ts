import { dynamicDoor } from "./dynamicDoor";
import type { Door } from "./door";
import { version } from "./providerApi";

/** The door of the plugin `pulumi-resource-vpnaas`. It makes default names and marks secrets itself. */
export const pluginDoor: Door = {
  typeOf: (kind) => `vpnaas:index:${kind}`,
  inputsOf: () => ({}),
  /** The alias lets a resource of the dynamic door move without a replacement. */
  optionsOf: (kind) => ({ version, aliases: [{ type: dynamicDoor.typeOf(kind) }] }),
  /** The engine gives the plugin every key, and the plugin reports them. */
  reportUnknownSettings: () => undefined,
};
