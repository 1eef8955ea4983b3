import type { ResourceBehavior } from "../lifecycle/core/resource";
import { endpointGroup } from "./endpointGroup";
import { ikePolicy } from "./ikePolicy";
import { ipsecPolicy } from "./ipsecPolicy";
import { ipsecSiteConnection } from "./ipsecSiteConnection";
import { vpnService } from "./vpnService";

/** Every type of resource, by the name under which the state refers to its provider. */
export const resources = {
  vpnService,
  ikePolicy,
  ipsecPolicy,
  endpointGroup,
  ipsecSiteConnection,
} as const satisfies Record<string, ResourceBehavior>;
