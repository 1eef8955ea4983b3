/** What every stored object has; the attributes stand in the order in which they are answered. */
export interface Row {
  id: string;
  tenant_id: string;
  name: string;
  description: string;
  [attribute: string]: unknown;
}

/** An IPsec site connection. */
export interface Connection extends Row {
  vpnservice_id: string;
  ikepolicy_id: string;
  ipsecpolicy_id: string;
  peer_address: string;
  peer_cidrs: string[];
  local_ep_group_id?: string | null;
  peer_ep_group_id?: string | null;
  dpd: { action: string; interval: number; timeout: number };
  mtu: number;
  admin_state_up: boolean;
  status: string;
}

/** A VPN service. */
export interface Service extends Row {
  router_id: string;
  subnet_id: string | null;
  flavor_id?: string | null;
  admin_state_up: boolean;
  status: string;
}

/** An IKE or an IPsec policy. */
export interface Policy extends Row {
  lifetime: { units: string; value: number };
  transform_protocol?: string;
}

/** An endpoint group. */
export interface EndpointGroup extends Row {
  type: string;
  endpoints: string[];
}

/** A subnet. */
export interface Subnet extends Row {
  cidr: string;
  ip_version: number;
  network_id: string;
}

/** A router; `interfaces` are the ids of the subnets attached to it and are not answered. */
export interface Router extends Row {
  external_gateway_info: {
    network_id: string;
    external_fixed_ips: { subnet_id: string; ip_address: string }[];
    enable_snat: boolean;
  } | null;
  interfaces: string[];
}

/** Row type of each kind; a kind is named by the key that wraps one object in a body. */
export interface Tables {
  ipsec_site_connection: Connection;
  vpnservice: Service;
  ikepolicy: Policy;
  ipsecpolicy: Policy;
  endpoint_group: EndpointGroup;
  network: Row;
  subnet: Subnet;
  router: Router;
}

/** Name of a kind of object. */
export type Kind = keyof Tables;

/** The kinds that the VPN API serves. */
export type VpnKind = Exclude<Kind, "network" | "subnet" | "router">;

/** Who asks: decides what is visible and allowed. */
export interface Caller {
  user: string | null;
  /** Null with an unscoped token. */
  projectId: string | null;
  admin: boolean;
  /** Holds role member or admin in the project. */
  member: boolean;
}

/** Whether the caller may see the row at all: its own project's, or any if it is an admin. */
export const isVisible = (caller: Caller, row: Row): boolean =>
  caller.admin || row.tenant_id === caller.projectId;
