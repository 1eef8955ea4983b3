/**
 * The entry `pulumi-vpnaas/plugin`: every name of the main entry, with classes whose resources reach the
 * provider through the plugin. Its declarations are pluginDeclarations.ts, so that both entries share
 * their types and their documentation.
 */
import * as pulumi from "@pulumi/pulumi";

import type { Door } from "./door";
import * as main from "./index";
import { pluginDoor } from "./pluginDoor";
import type { ResourceKind } from "./providerApi";
import { isOfType } from "./resource";

export * from "./index";
export { Provider } from "./pluginProvider";

export const ConnectionsReady = throughPlugin(main.ConnectionsReady);
export const EndpointGroup = throughPlugin(main.EndpointGroup);
export const IkePolicy = throughPlugin(main.IkePolicy);
export const IpsecPolicy = throughPlugin(main.IpsecPolicy);
export const IpsecSiteConnection = throughPlugin(main.IpsecSiteConnection);
export const PreSharedKey = throughPlugin(main.PreSharedKey);
export const VpnService = throughPlugin(main.VpnService);

/** The children of a component use its door. */
export class Tunnel extends main.Tunnel {
  static readonly door: Door = pluginDoor;
}

type ResourceClass = new (...args: never[]) => pulumi.CustomResource;

/** A class of resources that use the plugin, with the contract of the original one. */
function throughPlugin<Class extends ResourceClass>(original: Class): Class {
  const { kind, name } = original as unknown as {
    readonly kind: ResourceKind;
    readonly name: string;
  };
  const Base: ResourceClass = original;
  class PluginResource extends Base {
    static readonly door: Door = pluginDoor;

    static isInstance(value: unknown): value is pulumi.CustomResource {
      return isOfType(value, pluginDoor.typeOf(kind));
    }
  }
  Object.defineProperty(PluginResource, "name", { value: name });
  return PluginResource as unknown as Class;
}
