import type { ResourceBehavior } from "../lifecycle/core/resource";
import { endpointGroup } from "./endpointGroup";
import { ikePolicy } from "./ikePolicy";
import { ipsecPolicy } from "./ipsecPolicy";
import { ipsecSiteConnection } from "./ipsecSiteConnection";
import { vpnService } from "./vpnService";

/** Every kind of resource, under the name by which the state asks for its provider. */
export const resources = {
  vpnService,
  ikePolicy,
  ipsecPolicy,
  endpointGroup,
  ipsecSiteConnection,
} as const satisfies Record<string, ResourceBehavior>;
