/** Site-to-site VPN connections of OpenStack Neutron and Fujitsu K5 as Pulumi resources. */
export * from "./types";
export { IpsecSiteConnection } from "./ipsecSiteConnection";
