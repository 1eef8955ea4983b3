import { resources } from "../resources";
import { CloudResourceHandler } from "./cloudResource";
import { ConnectionsReadyHandler } from "./connectionsReady";
import type { ResourceHandler } from "./handler";
import { PreSharedKeyHandler } from "./preSharedKey";

/** The handler of every resource type, by the name under which states refer to its provider. */
export const handlers = {
  vpnService: new CloudResourceHandler(resources.vpnService),
  ikePolicy: new CloudResourceHandler(resources.ikePolicy),
  ipsecPolicy: new CloudResourceHandler(resources.ipsecPolicy),
  endpointGroup: new CloudResourceHandler(resources.endpointGroup),
  ipsecSiteConnection: new CloudResourceHandler(resources.ipsecSiteConnection),
  connectionsReady: new ConnectionsReadyHandler(),
  preSharedKey: new PreSharedKeyHandler(),
} as const satisfies Record<string, ResourceHandler>;
