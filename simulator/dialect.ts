import { neutronAttributes, type Attributes } from "./attributes";
import { everyInterface } from "./catalog";
import { typedBody, type ApiFault } from "./faultBodies";
import type { Row, VpnKind } from "./rows";
import type { NetworkEndpoint } from "./types";

/** The differences between the simulated clouds. */
export interface Dialect {
  /** The attributes of each collection. */
  readonly attributes: Partial<Record<VpnKind, Attributes>>;
  /** Whether requests and responses may contain `project_id` in addition to `tenant_id`. */
  readonly projectId: boolean;
  /** The default for the largest number of VPN services of a router. */
  readonly servicesPerRouter: number;
  /** A row as the response shows it. */
  readonly show: (row: Row) => object;
  /** The aliases of the extensions. */
  readonly extensions: readonly string[];
  /** The body of an error response. */
  readonly faultBody: (fault: ApiFault) => unknown;
  /** The network endpoints of the catalog. */
  readonly networkEndpoints: readonly NetworkEndpoint[];
}

/** OpenStack's Neutron, as of neutron-vpnaas 28.0. */
export const neutron: Dialect = {
  attributes: neutronAttributes,
  projectId: true,
  servicesPerRouter: Infinity,
  show: (row) => ({ ...row, project_id: row.tenant_id }),
  extensions: [
    "project-id",
    "quota_details",
    "quotas",
    "router",
    "vpn-aes-ctr",
    "vpn-endpoint-groups",
    "vpn-flavors",
    "vpnaas",
  ],
  faultBody: typedBody,
  networkEndpoints: everyInterface("/network"),
};
