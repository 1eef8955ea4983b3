import { cloudResourceType } from "../schema/resourceType";
import type { ResourceBehavior } from "../lifecycle/core/resource";

/** An IKE policy: schema.json says it all. */
export const ikePolicy: ResourceBehavior = {
  definition: cloudResourceType("IkePolicy"),
  rules: [],
};
