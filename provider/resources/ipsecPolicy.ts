import { definitionOf } from "../lifecycle/definition";
import type { Resource } from "../lifecycle/resource";

/** An IPsec policy: schema.json says it all. */
export const ipsecPolicy: Resource = { definition: definitionOf("IpsecPolicy"), rules: [] };
