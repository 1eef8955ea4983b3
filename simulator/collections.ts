import { connections } from "./rules/connections";
import { endpointGroups } from "./rules/endpointGroups";
import { ikePolicies, ipsecPolicies } from "./rules/policies";
import type { RuleSet } from "./rules/ruleSet";
import { services } from "./rules/services";
import type { Kind, VpnKind } from "./rows";

/** A collection of the VPN API. */
export interface VpnCollection<K extends VpnKind> {
  /** The last segment of its path. */
  readonly path: string;
  /** The key of a list in a body. */
  readonly plural: string;
  readonly rules: RuleSet<K>;
}

/** The five collections under `/v2.0/vpn`. */
export const vpnCollections: { readonly [K in VpnKind]: VpnCollection<K> } = {
  ipsec_site_connection: {
    path: "ipsec-site-connections",
    plural: "ipsec_site_connections",
    rules: connections,
  },
  vpnservice: { path: "vpnservices", plural: "vpnservices", rules: services },
  ikepolicy: { path: "ikepolicies", plural: "ikepolicies", rules: ikePolicies },
  ipsecpolicy: { path: "ipsecpolicies", plural: "ipsecpolicies", rules: ipsecPolicies },
  endpoint_group: { path: "endpoint-groups", plural: "endpoint_groups", rules: endpointGroups },
};

/** The collections that are read-only here. */
export const networkKinds: Readonly<Record<string, Exclude<Kind, VpnKind>>> = {
  networks: "network",
  subnets: "subnet",
  routers: "router",
  ports: "port",
};
