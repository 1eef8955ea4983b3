import { cloudResourceType } from "../schema/resourceType";
import type { ResourceBehavior } from "../lifecycle/core/resource";

/** An IPsec policy, fully described by schema.json. */
export const ipsecPolicy: ResourceBehavior = {
  definition: cloudResourceType("IpsecPolicy"),
  rules: [],
};
