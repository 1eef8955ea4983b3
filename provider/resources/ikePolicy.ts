import { definitionOf } from "../lifecycle/definition";
import type { Resource } from "../lifecycle/resource";

/** An IKE policy: schema.json says it all. */
export const ikePolicy: Resource = { definition: definitionOf("IkePolicy"), rules: [] };
