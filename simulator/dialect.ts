import { neutronAttributes, type Attributes } from "./attributes";
import { everyInterface } from "./catalog";
import { typedBody, type ApiFault } from "./faultBodies";
import type { Row, VpnKind } from "./rows";
import type { NetworkEndpoint } from "./types";

/** What differs between the clouds that can be played. */
export interface Dialect {
  /** Attributes of each collection that is served. */
  readonly attributes: Partial<Record<VpnKind, Attributes>>;
  /** Whether `project_id` is understood and answered beside `tenant_id`. */
  readonly projectId: boolean;
  /** How many VPN services a router takes where nothing else is told. */
  readonly servicesPerRouter: number;
  /** A row as it is answered. */
  readonly show: (row: Row) => object;
  /** Aliases of the extensions. */
  readonly extensions: readonly string[];
  /** Body of a refusal. */
  readonly faultBody: (fault: ApiFault) => unknown;
  /** Network part of the catalog. */
  readonly networkEndpoints: readonly NetworkEndpoint[];
}

/** A row without what is not answered. */
export function withoutInternals({ interfaces: _interfaces, ...shown }: Row): object {
  return shown;
}

/** OpenStack's own, as of neutron-vpnaas 28.0. */
export const neutron: Dialect = {
  attributes: neutronAttributes,
  projectId: true,
  servicesPerRouter: Infinity,
  show: (row) => ({ ...withoutInternals(row), project_id: row.tenant_id }),
  extensions: ["quotas", "router", "vpn-aes-ctr", "vpn-endpoint-groups", "vpn-flavors", "vpnaas"],
  faultBody: typedBody,
  networkEndpoints: everyInterface("/network"),
};
