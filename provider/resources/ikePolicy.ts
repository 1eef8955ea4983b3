import { cloudResourceType } from "../schema/resourceType";
import type { ResourceBehavior } from "../lifecycle/core/resource";

/** An IKE policy, fully described by schema.json. */
export const ikePolicy: ResourceBehavior = {
  definition: cloudResourceType("IkePolicy"),
  rules: [],
};
