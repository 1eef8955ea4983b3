import type { Resource } from "../lifecycle/resource";
import { ipsecSiteConnection } from "./ipsecSiteConnection";

/** Every kind of resource, under the name by which the state asks for its provider. */
export const resources = { ipsecSiteConnection } as const satisfies Record<string, Resource>;
