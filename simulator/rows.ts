/** The attributes of every stored object. Responses show attributes in the order of the row. */
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

/** A port. That of an attached subnet has the id of the router as its device. */
export interface Port extends Row {
  device_id: string;
  device_owner: string;
  network_id: string;
  fixed_ips: { subnet_id: string; ip_address: string }[];
}

/** A router. */
export interface Router extends Row {
  external_gateway_info: {
    network_id: string;
    external_fixed_ips: { subnet_id: string; ip_address: string }[];
    enable_snat: boolean;
  } | null;
}

/** The row type of each kind; the name of a kind is the key that wraps one object in a body. */
export interface Tables {
  ipsec_site_connection: Connection;
  vpnservice: Service;
  ikepolicy: Policy;
  ipsecpolicy: Policy;
  endpoint_group: EndpointGroup;
  network: Row;
  subnet: Subnet;
  router: Router;
  port: Port;
}

/** The name of a kind of object. */
export type Kind = keyof Tables;

/** The kinds that the VPN API serves. */
export type VpnKind = Exclude<Kind, "network" | "subnet" | "router" | "port">;

/** The caller of a request, which determines the visible objects and the permitted operations. */
export interface Caller {
  user: string | null;
  /** Null for an unscoped token. */
  projectId: string | null;
  admin: boolean;
  /** Whether the caller has the role member or admin in the project. */
  member: boolean;
}

/** Whether the caller may see the row: it belongs to the caller's project, or the caller is an admin. */
export const isVisible = (caller: Caller, row: Row): boolean =>
  caller.admin || row.tenant_id === caller.projectId;
