import { cloudResourceType } from "../schema/resourceType";
import type { ResourceBehavior } from "../lifecycle/core/resource";

/** An IPsec policy: schema.json says it all. */
export const ipsecPolicy: ResourceBehavior = {
  definition: cloudResourceType("IpsecPolicy"),
  rules: [],
};
