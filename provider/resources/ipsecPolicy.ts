import { cloudResourceType } from "../schema/resourceType";
import type { ResourceBehavior } from "../lifecycle/core/resource";
import { libreswanLacks } from "./libreswanWarnings";

/** An IPsec policy, with the rule that schema.json cannot express. */
export const ipsecPolicy: ResourceBehavior = {
  definition: cloudResourceType("IpsecPolicy"),
  rules: [libreswanLacks("esp")],
};
