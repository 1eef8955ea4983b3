/** Site-to-site VPNs of OpenStack Neutron and Fujitsu K5 as Pulumi resources. */
export * from "./types";
export { ConnectionsReady } from "./connectionsReady";
export { getEndpointGroup, getEndpointGroupOutput, EndpointGroup } from "./endpointGroup";
export { getIkePolicy, getIkePolicyOutput, IkePolicy } from "./ikePolicy";
export { getIpsecPolicy, getIpsecPolicyOutput, IpsecPolicy } from "./ipsecPolicy";
export {
  getIpsecSiteConnection,
  getIpsecSiteConnectionOutput,
  IpsecSiteConnection,
} from "./ipsecSiteConnection";
export { LookupError, type LookupOutputOptions } from "./lookup";
export { PreSharedKey } from "./preSharedKey";
export { Tunnel } from "./tunnel";
export type { TunnelArgs, TunnelDeviceArgs, TunnelPeerConfigurationArgs } from "./tunnelArgs";
export type { TunnelEndArgs, TunnelPolicies } from "./tunnelEnd";
export { getPeerConfiguration, getPeerConfigurationOutput } from "./peerConfiguration";
export { getVpnService, getVpnServiceOutput, VpnService } from "./vpnService";
