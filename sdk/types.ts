// Generated from schema.json by `npm run generate`: edit that file instead.

import type * as pulumi from "@pulumi/pulumi";

/** Dead Peer Detection: the reaction when the peer stops answering. An omitted part has its default. */
export interface DpdArgs {
  /** Action on the connection when the peer is found dead. The `k5` dialect knows `hold` and `restart` only. Default: `"hold"`. */
  action?: pulumi.Input<DpdAction>;
  /** Seconds between DPD probes. Must be less than `timeout`. Default: `30`. */
  interval?: pulumi.Input<number>;
  /** Seconds of silence after which the peer counts as dead. Must be greater than `interval`. Default: `120`. */
  timeout?: pulumi.Input<number>;
}
/** Dead Peer Detection: the reaction when the peer stops answering. An omitted part has its default. */
export interface Dpd {
  /** Action on the connection when the peer is found dead. The `k5` dialect knows `hold` and `restart` only. */
  action?: DpdAction;
  /** Seconds between DPD probes. Must be less than `timeout`. */
  interval?: number;
  /** Seconds of silence after which the peer counts as dead. Must be greater than `interval`. */
  timeout?: number;
}

/** Action on the connection when the peer is found dead. */
export const DpdAction = {
  /** Keep the route and wait for the peer. */
  Hold: "hold",
  /** Negotiate again at once. */
  Restart: "restart",
  /** Remove the connection. */
  Clear: "clear",
  /** Send no probes. */
  Disabled: "disabled",
  /** Restart every connection of this peer. */
  RestartByPeer: "restart-by-peer",
} as const;
/** Action on the connection when the peer is found dead. */
export type DpdAction = (typeof DpdAction)[keyof typeof DpdAction];

/** The ends that may open the tunnel. */
export const Initiator = {
  /** Both ends may open the tunnel. */
  BiDirectional: "bi-directional",
  /** Only the peer may open the tunnel. */
  ResponseOnly: "response-only",
} as const;
/** The ends that may open the tunnel. */
export type Initiator = (typeof Initiator)[keyof typeof Initiator];

/** When a create or an update counts as done. */
export const WaitFor = {
  /** The status has left PENDING_*: ACTIVE, or DOWN (reported once, with a checklist). ERROR is a failure. */
  Settled: "settled",
  /** The status is ACTIVE: both ends have agreed. DOWN until the timeout is a failure. */
  Active: "active",
  /** The API has accepted the request; there is no wait. */
  Accepted: "accepted",
} as const;
/** When a create or an update counts as done. */
export type WaitFor = (typeof WaitFor)[keyof typeof WaitFor];

/** When connections count as ready. */
export const ReadyWhen = {
  /** Each status has left PENDING_*: ACTIVE, or DOWN (reported once, with a checklist). ERROR is a failure. */
  Settled: "settled",
  /** Each status is ACTIVE. DOWN until the timeout is a failure. */
  Active: "active",
} as const;
/** When connections count as ready. */
export type ReadyWhen = (typeof ReadyWhen)[keyof typeof ReadyWhen];

/** Longest duration of an operation, such as `90s`, `10m` or `1h30m`. */
export interface TimeoutsArgs {
  /** For create, waits included. Default: `"10m"`. */
  create?: pulumi.Input<string>;
  /** For update: both waits, before and after the request, together. Default: `"10m"`. */
  update?: pulumi.Input<string>;
  /** For delete, until the deletion is confirmed. Default: `"10m"`. */
  delete?: pulumi.Input<string>;
}
/** Longest duration of an operation, such as `90s`, `10m` or `1h30m`. */
export interface Timeouts {
  /** For create, waits included. */
  create?: string;
  /** For update: both waits, before and after the request, together. */
  update?: string;
  /** For delete, until the deletion is confirmed. */
  delete?: string;
}

/** Integrity algorithm. The xcbc and cmac ones need neutron-vpnaas 26.0 (2025.1). */
export const AuthAlgorithm = {
  /** SHA-1 is weak and about to leave Neutron. Use sha256 or better. */
  Sha1: "sha1",
  Sha256: "sha256",
  Sha384: "sha384",
  Sha512: "sha512",
  AesXcbc: "aes-xcbc",
  AesCmac: "aes-cmac",
} as const;
/** Integrity algorithm. The xcbc and cmac ones need neutron-vpnaas 26.0 (2025.1). */
export type AuthAlgorithm = (typeof AuthAlgorithm)[keyof typeof AuthAlgorithm];

/** Encryption algorithm. CCM, GCM and CTR need neutron-vpnaas 26.0 (2025.1). */
export const EncryptionAlgorithm = {
  /** 3DES is weak and about to leave Neutron. Use aes-128 or better. */
  TripleDes: "3des",
  Aes128: "aes-128",
  Aes192: "aes-192",
  Aes256: "aes-256",
  Aes128Ccm8: "aes-128-ccm-8",
  Aes128Ccm12: "aes-128-ccm-12",
  Aes128Ccm16: "aes-128-ccm-16",
  Aes192Ccm8: "aes-192-ccm-8",
  Aes192Ccm12: "aes-192-ccm-12",
  Aes192Ccm16: "aes-192-ccm-16",
  Aes256Ccm8: "aes-256-ccm-8",
  Aes256Ccm12: "aes-256-ccm-12",
  Aes256Ccm16: "aes-256-ccm-16",
  Aes128Gcm8: "aes-128-gcm-8",
  Aes128Gcm12: "aes-128-gcm-12",
  Aes128Gcm16: "aes-128-gcm-16",
  Aes192Gcm8: "aes-192-gcm-8",
  Aes192Gcm12: "aes-192-gcm-12",
  Aes192Gcm16: "aes-192-gcm-16",
  Aes256Gcm8: "aes-256-gcm-8",
  Aes256Gcm12: "aes-256-gcm-12",
  Aes256Gcm16: "aes-256-gcm-16",
  Aes128Ctr: "aes-128-ctr",
  Aes192Ctr: "aes-192-ctr",
  Aes256Ctr: "aes-256-ctr",
} as const;
/** Encryption algorithm. CCM, GCM and CTR need neutron-vpnaas 26.0 (2025.1). */
export type EncryptionAlgorithm = (typeof EncryptionAlgorithm)[keyof typeof EncryptionAlgorithm];

/** Diffie-Hellman group. Those above group14 need neutron-vpnaas 26.0 (2025.1). */
export const DhGroup = {
  /** MODP, 1024 bits. Group 2 (1024 bits) can be broken. Use group14 or better. */
  Group2: "group2",
  /** MODP, 1536 bits. Group 5 (1536 bits) is weak. Use group14 or better. */
  Group5: "group5",
  /** MODP, 2048 bits. */
  Group14: "group14",
  /** MODP, 3072 bits. */
  Group15: "group15",
  /** MODP, 4096 bits. */
  Group16: "group16",
  /** MODP, 6144 bits. */
  Group17: "group17",
  /** MODP, 8192 bits. */
  Group18: "group18",
  /** ECP, 256 bits. */
  Group19: "group19",
  /** ECP, 384 bits. */
  Group20: "group20",
  /** ECP, 521 bits. */
  Group21: "group21",
  /** MODP, 1024 bits with a 160-bit subgroup. */
  Group22: "group22",
  /** MODP, 2048 bits with a 224-bit subgroup. */
  Group23: "group23",
  /** MODP, 2048 bits with a 256-bit subgroup. */
  Group24: "group24",
  /** ECP, 192 bits. */
  Group25: "group25",
  /** ECP, 224 bits. */
  Group26: "group26",
  /** Brainpool, 224 bits. */
  Group27: "group27",
  /** Brainpool, 256 bits. */
  Group28: "group28",
  /** Brainpool, 384 bits. */
  Group29: "group29",
  /** Brainpool, 512 bits. */
  Group30: "group30",
  /** Curve25519. */
  Group31: "group31",
} as const;
/** Diffie-Hellman group. Those above group14 need neutron-vpnaas 26.0 (2025.1). */
export type DhGroup = (typeof DhGroup)[keyof typeof DhGroup];

/** Version of the IKE protocol. */
export const IkeVersion = {
  /** IKEv1 (RFC 2409). */
  V1: "v1",
  /** IKEv2 (RFC 7296). */
  V2: "v2",
} as const;
/** Version of the IKE protocol. */
export type IkeVersion = (typeof IkeVersion)[keyof typeof IkeVersion];

/** How IKEv1 negotiates phase 1. */
export const Phase1NegotiationMode = {
  /** Identities are encrypted. */
  Main: "main",
  /** Fewer messages, identities in clear; needs neutron-vpnaas 17.0 (Victoria). Aggressive mode sends identities in clear and lets who listens guess the psk offline. Use main, or IKE v2. */
  Aggressive: "aggressive",
} as const;
/** How IKEv1 negotiates phase 1. */
export type Phase1NegotiationMode =
  (typeof Phase1NegotiationMode)[keyof typeof Phase1NegotiationMode];

/** IPsec protocol. */
export const TransformProtocol = {
  /** Encrypts and authenticates. */
  Esp: "esp",
  /** Authenticates only. */
  Ah: "ah",
  /** Both. The drivers of the reference server refuse connections that use it. */
  AhEsp: "ah-esp",
} as const;
/** IPsec protocol. */
export type TransformProtocol = (typeof TransformProtocol)[keyof typeof TransformProtocol];

/** The encapsulated part of a packet. */
export const EncapsulationMode = {
  /** The whole packet, between gateways. */
  Tunnel: "tunnel",
  /** Its payload only, between hosts. */
  Transport: "transport",
} as const;
/** The encapsulated part of a packet. */
export type EncapsulationMode = (typeof EncapsulationMode)[keyof typeof EncapsulationMode];

/** Unit of a lifetime. */
export const LifetimeUnits = {
  Seconds: "seconds",
} as const;
/** Unit of a lifetime. */
export type LifetimeUnits = (typeof LifetimeUnits)[keyof typeof LifetimeUnits];

/** Lifetime of a security association. An omitted part has its default. */
export interface LifetimeArgs {
  /** Unit of `value`. The API accepts `seconds` only. Default: `"seconds"`. */
  units?: pulumi.Input<LifetimeUnits>;
  /** Number of units, at least 60. Default: `3600`. */
  value?: pulumi.Input<number>;
}
/** Lifetime of a security association. An omitted part has its default. */
export interface Lifetime {
  /** Unit of `value`. The API accepts `seconds` only. */
  units?: LifetimeUnits;
  /** Number of units, at least 60. */
  value?: number;
}

/** Type of the endpoints of a group. Connections accept `subnet` (this end) and `cidr` (the peer) only. */
export const EndpointType = {
  /** Networks as `<network>/<prefix>`: the peer's end. */
  Cidr: "cidr",
  /** Ids of subnets at the service's router: this end. */
  Subnet: "subnet",
  /** Ids of networks; no connection accepts them yet. */
  Network: "network",
  /** Ids of routers; no connection accepts them yet. */
  Router: "router",
  /** Ids of VLANs; no connection accepts them yet. */
  Vlan: "vlan",
} as const;
/** Type of the endpoints of a group. Connections accept `subnet` (this end) and `cidr` (the peer) only. */
export type EndpointType = (typeof EndpointType)[keyof typeof EndpointType];

/** Format of the configuration of a peer. */
export const PeerFormat = {
  /** The view of the peer's end, for programs. */
  Json: "json",
  /** swanctl.conf of strongSwan, with the key. */
  Swanctl: "swanctl",
  /** ipsec.conf of strongSwan, for its starter; without the key. */
  IpsecConf: "ipsec.conf",
  /** ipsec.conf of libreswan, without the key. */
  Libreswan: "libreswan",
  /** The key for `ipsec.conf` and `libreswan`. */
  IpsecSecrets: "ipsec.secrets",
  /** Commands for VyOS 1.4, with the key. */
  VyOS: "vyos",
  /** A program of this package for another Neutron, without the key. */
  Pulumi: "pulumi",
  /** Commands of `openstack` for another Neutron, with the key. */
  OpenStack: "openstack",
  /** Commands for a FortiGate (FortiOS 7), with the key. */
  FortiOS: "fortios",
  /** Commands for Cisco IOS XE 16.12 or newer, with the key. */
  IosXe: "ios-xe",
  /** Commands for a Juniper SRX (Junos), with the key. */
  Junos: "junos",
  /** Commands for MikroTik RouterOS 7, with the key. */
  RouterOS: "routeros",
} as const;
/** Format of the configuration of a peer. */
export type PeerFormat = (typeof PeerFormat)[keyof typeof PeerFormat];

/** Arguments. A VPN service: a router's end of its tunnels (`/v2.0/vpn/vpnservices`). */
export interface VpnServiceArgs {
  /** Name of the service. Default: `<stack>-<resource name>-<7 hexadecimal digits>`, which changes when the service moves to another router. */
  name?: pulumi.Input<string>;
  /** Free text. Default: `""`. */
  description?: pulumi.Input<string>;
  /** Administrative state. If false, all tunnels of the service are down. Default: `true`. */
  adminStateUp?: pulumi.Input<boolean>;
  /** Id of the router, which needs an external gateway and accepts one VPN service. A change replaces the object. */
  routerId: pulumi.Input<string>;
  /** Id of the subnet of this end, attached to the router; its connections set `peerCidrs`. Required in `k5`. Without it, connections set endpoint groups. A change replaces the object. */
  subnetId?: pulumi.Input<string>;
  /** Id of a service flavor, which picks the driver. `neutron` only. A change replaces the object. */
  flavorId?: pulumi.Input<string>;
  /** Availability zone. `k5` only. Default: the zone that the cloud chooses. A change replaces the object. */
  availabilityZone?: pulumi.Input<string>;
  /** Project (tenant) that owns the service. `neutron` only as an input, which needs an administrator if it is not the login's project; an output in both dialects. A change replaces the object. */
  projectId?: pulumi.Input<string>;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. A change replaces the object. */
  cloud?: pulumi.Input<string>;
  /** Id or name of an existing VPN service to adopt instead of creating one. Differing properties are updated to the inputs; the preview lists them. Counts at creation only. Not sent to the cloud. */
  adopt?: pulumi.Input<string>;
  /** Longest duration of `create`, `update` and `delete`, waits included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}
/** Outputs. A VPN service: a router's end of its tunnels (`/v2.0/vpn/vpnservices`). */
export interface VpnServiceState {
  /** Name of the service. Default: `<stack>-<resource name>-<7 hexadecimal digits>`, which changes when the service moves to another router. */
  name: string;
  /** Free text. */
  description: string;
  /** Administrative state. If false, all tunnels of the service are down. */
  adminStateUp: boolean;
  /** Id of the router, which needs an external gateway and accepts one VPN service. */
  routerId: string;
  /** Id of the subnet of this end, attached to the router; its connections set `peerCidrs`. Required in `k5`. Without it, connections set endpoint groups. */
  subnetId: string | undefined;
  /** Id of a service flavor, which picks the driver. `neutron` only. */
  flavorId: string | undefined;
  /** Availability zone. `k5` only. Default: the zone that the cloud chooses. */
  availabilityZone: string | undefined;
  /** Project (tenant) that owns the service. `neutron` only as an input, which needs an administrator if it is not the login's project; an output in both dialects. */
  projectId: string;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud: string | undefined;
  /** Id or name of an existing VPN service to adopt instead of creating one. Differing properties are updated to the inputs; the preview lists them. Counts at creation only. Not sent to the cloud. */
  adopt: string | undefined;
  /** Longest duration of `create`, `update` and `delete`, waits included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts: Timeouts | undefined;
  /** Status when it was last read. A service without connections stays PENDING_CREATE: the VPN agent does not poll it. */
  status: string;
  /** IPv4 address that peers connect to. Not in `k5`, where it is the global IP of the router's port. */
  externalV4Ip: string | undefined;
  /** IPv6 address that peers connect to. */
  externalV6Ip: string | undefined;
  /** The network endpoint of its last read. A 404 from any other endpoint never counts as a deletion. */
  endpoint: string;
}

/** Criteria of {@link getVpnService}: each must equal the value in the cloud. */
export interface GetVpnServiceArgs {
  /** Id of the object. */
  id?: string;
  /** Name of the service. */
  name?: string;
  /** Status when it was last read. */
  status?: string;
  /** Administrative state. */
  adminStateUp?: boolean;
  /** Id of the router, which needs an external gateway and accepts one VPN service. */
  routerId?: string;
  /** Id of the subnet of this end, attached to the router; its connections set `peerCidrs`. */
  subnetId?: string;
  /** Id of a service flavor, which picks the driver. */
  flavorId?: string;
  /** Project (tenant) that owns the service. */
  projectId?: string;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud?: string;
}
/** {@link GetVpnServiceArgs} as inputs, for {@link getVpnServiceOutput}. */
export interface GetVpnServiceOutputArgs {
  /** Id of the object. */
  id?: pulumi.Input<string>;
  /** Name of the service. */
  name?: pulumi.Input<string>;
  /** Status when it was last read. */
  status?: pulumi.Input<string>;
  /** Administrative state. */
  adminStateUp?: pulumi.Input<boolean>;
  /** Id of the router, which needs an external gateway and accepts one VPN service. */
  routerId?: pulumi.Input<string>;
  /** Id of the subnet of this end, attached to the router; its connections set `peerCidrs`. */
  subnetId?: pulumi.Input<string>;
  /** Id of a service flavor, which picks the driver. */
  flavorId?: pulumi.Input<string>;
  /** Project (tenant) that owns the service. */
  projectId?: pulumi.Input<string>;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud?: pulumi.Input<string>;
}
/** Result of {@link getVpnService}: A VPN service: a router's end of its tunnels (`/v2.0/vpn/vpnservices`). */
export interface GetVpnServiceResult extends Omit<VpnServiceState, "adopt" | "timeouts"> {
  /** Id of the object. */
  id: string;
}

/** Arguments. An IKE policy: the parameters that both ends agree on in phase 1 (`/v2.0/vpn/ikepolicies`). */
export interface IkePolicyArgs {
  /** Name of the policy. Default: `<stack>-<resource name>-<7 hexadecimal digits>`, which changes with the inputs, since a policy in use cannot be changed. */
  name?: pulumi.Input<string>;
  /** Free text. Default: `""`. */
  description?: pulumi.Input<string>;
  /** Integrity algorithm. Always sent, since the servers' own default is moving from sha1 to sha256. Default: `"sha256"`. */
  authAlgorithm?: pulumi.Input<AuthAlgorithm>;
  /** Encryption algorithm. Default: `"aes-128"`. */
  encryptionAlgorithm?: pulumi.Input<EncryptionAlgorithm>;
  /** Version of IKE: `v1` or `v2`. The same at both ends. Default: `"v1"`. */
  ikeVersion?: pulumi.Input<IkeVersion>;
  /** How IKE v1 negotiates: `main`, or `aggressive` (`neutron` only; weak). Default: `"main"`. */
  phase1NegotiationMode?: pulumi.Input<Phase1NegotiationMode>;
  /** Diffie-Hellman group of phase 1. The servers' own default is group5, which is weak. Default: `"group14"`. */
  pfs?: pulumi.Input<DhGroup>;
  /** How long a security association lives: `value` in `units`, which are `seconds`. A change sends both. */
  lifetime?: pulumi.Input<LifetimeArgs>;
  /** Availability zone. `k5` only. Default: the zone that the cloud chooses. A change replaces the object. */
  availabilityZone?: pulumi.Input<string>;
  /** Project (tenant) that owns the policy. `neutron` only as an input, which needs an administrator if it is not the login's project; an output in both dialects. A change replaces the object. */
  projectId?: pulumi.Input<string>;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. A change replaces the object. */
  cloud?: pulumi.Input<string>;
  /** Id or name of an existing IKE policy to adopt instead of creating one. Differing properties are updated to the inputs; the preview lists them. Counts at creation only. Not sent to the cloud. */
  adopt?: pulumi.Input<string>;
  /** Longest duration of `create`, `update` and `delete`, waits included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}
/** Outputs. An IKE policy: the parameters that both ends agree on in phase 1 (`/v2.0/vpn/ikepolicies`). */
export interface IkePolicyState {
  /** Name of the policy. Default: `<stack>-<resource name>-<7 hexadecimal digits>`, which changes with the inputs, since a policy in use cannot be changed. */
  name: string;
  /** Free text. */
  description: string;
  /** Integrity algorithm. Always sent, since the servers' own default is moving from sha1 to sha256. */
  authAlgorithm: AuthAlgorithm;
  /** Encryption algorithm. */
  encryptionAlgorithm: EncryptionAlgorithm;
  /** Version of IKE: `v1` or `v2`. The same at both ends. */
  ikeVersion: IkeVersion;
  /** How IKE v1 negotiates: `main`, or `aggressive` (`neutron` only; weak). */
  phase1NegotiationMode: Phase1NegotiationMode;
  /** Diffie-Hellman group of phase 1. The servers' own default is group5, which is weak. */
  pfs: DhGroup;
  /** How long a security association lives: `value` in `units`, which are `seconds`. A change sends both. */
  lifetime: Lifetime;
  /** Availability zone. `k5` only. Default: the zone that the cloud chooses. */
  availabilityZone: string | undefined;
  /** Project (tenant) that owns the policy. `neutron` only as an input, which needs an administrator if it is not the login's project; an output in both dialects. */
  projectId: string;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud: string | undefined;
  /** Id or name of an existing IKE policy to adopt instead of creating one. Differing properties are updated to the inputs; the preview lists them. Counts at creation only. Not sent to the cloud. */
  adopt: string | undefined;
  /** Longest duration of `create`, `update` and `delete`, waits included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts: Timeouts | undefined;
  /** The network endpoint of its last read. A 404 from any other endpoint never counts as a deletion. */
  endpoint: string;
}

/** Criteria of {@link getIkePolicy}: each must equal the value in the cloud. */
export interface GetIkePolicyArgs {
  /** Id of the object. */
  id?: string;
  /** Name of the policy. */
  name?: string;
  /** Integrity algorithm. */
  authAlgorithm?: AuthAlgorithm;
  /** Encryption algorithm. */
  encryptionAlgorithm?: EncryptionAlgorithm;
  /** Version of IKE: `v1` or `v2`. */
  ikeVersion?: IkeVersion;
  /** How IKE v1 negotiates: `main`, or `aggressive` (`neutron` only; weak). */
  phase1NegotiationMode?: Phase1NegotiationMode;
  /** Diffie-Hellman group of phase 1. */
  pfs?: DhGroup;
  /** Project (tenant) that owns the policy. */
  projectId?: string;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud?: string;
}
/** {@link GetIkePolicyArgs} as inputs, for {@link getIkePolicyOutput}. */
export interface GetIkePolicyOutputArgs {
  /** Id of the object. */
  id?: pulumi.Input<string>;
  /** Name of the policy. */
  name?: pulumi.Input<string>;
  /** Integrity algorithm. */
  authAlgorithm?: pulumi.Input<AuthAlgorithm>;
  /** Encryption algorithm. */
  encryptionAlgorithm?: pulumi.Input<EncryptionAlgorithm>;
  /** Version of IKE: `v1` or `v2`. */
  ikeVersion?: pulumi.Input<IkeVersion>;
  /** How IKE v1 negotiates: `main`, or `aggressive` (`neutron` only; weak). */
  phase1NegotiationMode?: pulumi.Input<Phase1NegotiationMode>;
  /** Diffie-Hellman group of phase 1. */
  pfs?: pulumi.Input<DhGroup>;
  /** Project (tenant) that owns the policy. */
  projectId?: pulumi.Input<string>;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud?: pulumi.Input<string>;
}
/** Result of {@link getIkePolicy}: An IKE policy: the parameters that both ends agree on in phase 1 (`/v2.0/vpn/ikepolicies`). */
export interface GetIkePolicyResult extends Omit<IkePolicyState, "adopt" | "timeouts"> {
  /** Id of the object. */
  id: string;
}

/** Arguments. An IPsec policy: the parameters that both ends agree on in phase 2 (`/v2.0/vpn/ipsecpolicies`). */
export interface IpsecPolicyArgs {
  /** Name of the policy. Default: `<stack>-<resource name>-<7 hexadecimal digits>`, which changes with the inputs, since a policy in use cannot be changed. */
  name?: pulumi.Input<string>;
  /** Free text. Default: `""`. */
  description?: pulumi.Input<string>;
  /** Integrity algorithm. Always sent, since the servers' own default is moving from sha1 to sha256. Default: `"sha256"`. */
  authAlgorithm?: pulumi.Input<AuthAlgorithm>;
  /** Encryption algorithm. Default: `"aes-128"`. */
  encryptionAlgorithm?: pulumi.Input<EncryptionAlgorithm>;
  /** `tunnel` or `transport`. Default: `"tunnel"`. */
  encapsulationMode?: pulumi.Input<EncapsulationMode>;
  /** `esp`, `ah` or `ah-esp` (which the reference server's drivers refuse in connections). Default: `"esp"`. */
  transformProtocol?: pulumi.Input<TransformProtocol>;
  /** Diffie-Hellman group of perfect forward secrecy in phase 2. The servers' own default is group5, which is weak. Default: `"group14"`. */
  pfs?: pulumi.Input<DhGroup>;
  /** How long a security association lives: `value` in `units`, which are `seconds`. A change sends both. */
  lifetime?: pulumi.Input<LifetimeArgs>;
  /** Availability zone. `k5` only. Default: the zone that the cloud chooses. A change replaces the object. */
  availabilityZone?: pulumi.Input<string>;
  /** Project (tenant) that owns the policy. `neutron` only as an input, which needs an administrator if it is not the login's project; an output in both dialects. A change replaces the object. */
  projectId?: pulumi.Input<string>;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. A change replaces the object. */
  cloud?: pulumi.Input<string>;
  /** Id or name of an existing IPsec policy to adopt instead of creating one. Differing properties are updated to the inputs; the preview lists them. Counts at creation only. Not sent to the cloud. */
  adopt?: pulumi.Input<string>;
  /** Longest duration of `create`, `update` and `delete`, waits included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}
/** Outputs. An IPsec policy: the parameters that both ends agree on in phase 2 (`/v2.0/vpn/ipsecpolicies`). */
export interface IpsecPolicyState {
  /** Name of the policy. Default: `<stack>-<resource name>-<7 hexadecimal digits>`, which changes with the inputs, since a policy in use cannot be changed. */
  name: string;
  /** Free text. */
  description: string;
  /** Integrity algorithm. Always sent, since the servers' own default is moving from sha1 to sha256. */
  authAlgorithm: AuthAlgorithm;
  /** Encryption algorithm. */
  encryptionAlgorithm: EncryptionAlgorithm;
  /** `tunnel` or `transport`. */
  encapsulationMode: EncapsulationMode;
  /** `esp`, `ah` or `ah-esp` (which the reference server's drivers refuse in connections). */
  transformProtocol: TransformProtocol;
  /** Diffie-Hellman group of perfect forward secrecy in phase 2. The servers' own default is group5, which is weak. */
  pfs: DhGroup;
  /** How long a security association lives: `value` in `units`, which are `seconds`. A change sends both. */
  lifetime: Lifetime;
  /** Availability zone. `k5` only. Default: the zone that the cloud chooses. */
  availabilityZone: string | undefined;
  /** Project (tenant) that owns the policy. `neutron` only as an input, which needs an administrator if it is not the login's project; an output in both dialects. */
  projectId: string;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud: string | undefined;
  /** Id or name of an existing IPsec policy to adopt instead of creating one. Differing properties are updated to the inputs; the preview lists them. Counts at creation only. Not sent to the cloud. */
  adopt: string | undefined;
  /** Longest duration of `create`, `update` and `delete`, waits included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts: Timeouts | undefined;
  /** The network endpoint of its last read. A 404 from any other endpoint never counts as a deletion. */
  endpoint: string;
}

/** Criteria of {@link getIpsecPolicy}: each must equal the value in the cloud. */
export interface GetIpsecPolicyArgs {
  /** Id of the object. */
  id?: string;
  /** Name of the policy. */
  name?: string;
  /** Integrity algorithm. */
  authAlgorithm?: AuthAlgorithm;
  /** Encryption algorithm. */
  encryptionAlgorithm?: EncryptionAlgorithm;
  /** `tunnel` or `transport`. */
  encapsulationMode?: EncapsulationMode;
  /** `esp`, `ah` or `ah-esp` (which the reference server's drivers refuse in connections). */
  transformProtocol?: TransformProtocol;
  /** Diffie-Hellman group of perfect forward secrecy in phase 2. */
  pfs?: DhGroup;
  /** Project (tenant) that owns the policy. */
  projectId?: string;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud?: string;
}
/** {@link GetIpsecPolicyArgs} as inputs, for {@link getIpsecPolicyOutput}. */
export interface GetIpsecPolicyOutputArgs {
  /** Id of the object. */
  id?: pulumi.Input<string>;
  /** Name of the policy. */
  name?: pulumi.Input<string>;
  /** Integrity algorithm. */
  authAlgorithm?: pulumi.Input<AuthAlgorithm>;
  /** Encryption algorithm. */
  encryptionAlgorithm?: pulumi.Input<EncryptionAlgorithm>;
  /** `tunnel` or `transport`. */
  encapsulationMode?: pulumi.Input<EncapsulationMode>;
  /** `esp`, `ah` or `ah-esp` (which the reference server's drivers refuse in connections). */
  transformProtocol?: pulumi.Input<TransformProtocol>;
  /** Diffie-Hellman group of perfect forward secrecy in phase 2. */
  pfs?: pulumi.Input<DhGroup>;
  /** Project (tenant) that owns the policy. */
  projectId?: pulumi.Input<string>;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud?: pulumi.Input<string>;
}
/** Result of {@link getIpsecPolicy}: An IPsec policy: the parameters that both ends agree on in phase 2 (`/v2.0/vpn/ipsecpolicies`). */
export interface GetIpsecPolicyResult extends Omit<IpsecPolicyState, "adopt" | "timeouts"> {
  /** Id of the object. */
  id: string;
}

/** Arguments. An endpoint group: the networks of one end of a tunnel, for a VPN service without a subnet (`/v2.0/vpn/endpoint-groups`). `neutron` only. */
export interface EndpointGroupArgs {
  /** Name of the group. Default: `<stack>-<resource name>-<7 hexadecimal digits>`, which changes with its type and endpoints. */
  name?: pulumi.Input<string>;
  /** Free text. Default: `""`. */
  description?: pulumi.Input<string>;
  /** Type of the endpoints: `subnet` for this end, `cidr` for the peer. A change replaces the object. */
  type: pulumi.Input<EndpointType>;
  /** Ids of subnets, or networks of one IP version as `<network>/<prefix>`, in any order. A change creates a new group, points the connections to it, and deletes this one. A change replaces the object. */
  endpoints: pulumi.Input<pulumi.Input<string>[]>;
  /** Project (tenant) that owns the group. `neutron` only as an input, which needs an administrator if it is not the login's project; an output in both dialects. A change replaces the object. */
  projectId?: pulumi.Input<string>;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. A change replaces the object. */
  cloud?: pulumi.Input<string>;
  /** Id or name of an existing endpoint group to adopt instead of creating one. Differing properties are updated to the inputs; the preview lists them. Counts at creation only. Not sent to the cloud. */
  adopt?: pulumi.Input<string>;
  /** Longest duration of `create`, `update` and `delete`, waits included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}
/** Outputs. An endpoint group: the networks of one end of a tunnel, for a VPN service without a subnet (`/v2.0/vpn/endpoint-groups`). `neutron` only. */
export interface EndpointGroupState {
  /** Name of the group. Default: `<stack>-<resource name>-<7 hexadecimal digits>`, which changes with its type and endpoints. */
  name: string;
  /** Free text. */
  description: string;
  /** Type of the endpoints: `subnet` for this end, `cidr` for the peer. */
  type: EndpointType;
  /** Ids of subnets, or networks of one IP version as `<network>/<prefix>`, in any order. A change creates a new group, points the connections to it, and deletes this one. */
  endpoints: string[];
  /** Project (tenant) that owns the group. `neutron` only as an input, which needs an administrator if it is not the login's project; an output in both dialects. */
  projectId: string;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud: string | undefined;
  /** Id or name of an existing endpoint group to adopt instead of creating one. Differing properties are updated to the inputs; the preview lists them. Counts at creation only. Not sent to the cloud. */
  adopt: string | undefined;
  /** Longest duration of `create`, `update` and `delete`, waits included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts: Timeouts | undefined;
  /** The network endpoint of its last read. A 404 from any other endpoint never counts as a deletion. */
  endpoint: string;
}

/** Criteria of {@link getEndpointGroup}: each must equal the value in the cloud. */
export interface GetEndpointGroupArgs {
  /** Id of the object. */
  id?: string;
  /** Name of the group. */
  name?: string;
  /** Type of the endpoints: `subnet` for this end, `cidr` for the peer. */
  type?: EndpointType;
  /** Project (tenant) that owns the group. */
  projectId?: string;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud?: string;
}
/** {@link GetEndpointGroupArgs} as inputs, for {@link getEndpointGroupOutput}. */
export interface GetEndpointGroupOutputArgs {
  /** Id of the object. */
  id?: pulumi.Input<string>;
  /** Name of the group. */
  name?: pulumi.Input<string>;
  /** Type of the endpoints: `subnet` for this end, `cidr` for the peer. */
  type?: pulumi.Input<EndpointType>;
  /** Project (tenant) that owns the group. */
  projectId?: pulumi.Input<string>;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud?: pulumi.Input<string>;
}
/** Result of {@link getEndpointGroup}: An endpoint group: the networks of one end of a tunnel, for a VPN service without a subnet (`/v2.0/vpn/endpoint-groups`). `neutron` only. */
export interface GetEndpointGroupResult extends Omit<EndpointGroupState, "adopt" | "timeouts"> {
  /** Id of the object. */
  id: string;
}

/** Arguments. An IPsec site-to-site connection: a tunnel from a VPN service to one peer (`/v2.0/vpn/ipsec-site-connections`). */
export interface IpsecSiteConnectionArgs {
  /** Name of the connection. Default: `<stack>-<resource name>-<7 hexadecimal digits>`, which changes when the connection has to be replaced. */
  name?: pulumi.Input<string>;
  /** Free text. Default: `""`. */
  description?: pulumi.Input<string>;
  /** Administrative state. If false, the connection forwards no packets, and its status is not waited for. Default: `true`. */
  adminStateUp?: pulumi.Input<boolean>;
  /** Id of the VPN service that this end of the tunnel belongs to. A change replaces the object. */
  vpnServiceId: pulumi.Input<string>;
  /** Id of the IKE policy (phase 1). A change replaces the object. */
  ikePolicyId: pulumi.Input<string>;
  /** Id of the IPsec policy (phase 2). A change replaces the object. */
  ipsecPolicyId: pulumi.Input<string>;
  /** Address of the peer's gateway. `k5`: an IPv4 address. `neutron`: an IPv4 or IPv6 address or a host name, which the server resolves once (see `resolvedPeerAddress`). */
  peerAddress: pulumi.Input<string>;
  /** Identity that the peer presents: an IPv4 or IPv6 address, an e-mail address, a key id, an FQDN or (`neutron`) a distinguished name such as `C=DE, O=Acme, CN=gw`. Usually the same as `peerAddress`. */
  peerId: pulumi.Input<string>;
  /** Private networks behind the peer, in any order, as `<network>/<prefix>`. `k5`: exactly one, without host bits. `neutron`: needed when the VPN service has a subnet, refused when it has none (endpoint groups are used then). */
  peerCidrs?: pulumi.Input<pulumi.Input<string>[]>;
  /** Pre-shared key: any string of 1 to 255 characters without leading or trailing whitespace. Always a secret: encrypted in the state, never printed. */
  psk: pulumi.Input<string>;
  /** The ends that may open the tunnel: both (`bi-directional`) or the peer alone (`response-only`). Default: `"bi-directional"`. */
  initiator?: pulumi.Input<Initiator>;
  /** Dead Peer Detection: `action` (`hold` or `restart`; `neutron` also `clear`, `disabled`, `restart-by-peer`), `interval` and `timeout` in whole seconds, interval < timeout. A change sends all three. */
  dpd?: pulumi.Input<DpdArgs>;
  /** Maximum transmission unit: at least 68 for IPv4 and 1280 for IPv6. `neutron` only as an input; an output in both dialects. Default: `1500`. */
  mtu?: pulumi.Input<number>;
  /** Identity that this end presents; empty for the address of the VPN service. `neutron` only. Default: `""`. */
  localId?: pulumi.Input<string>;
  /** Id of the endpoint group (type `subnet`) of this end, for a VPN service without a subnet. `neutron` only. */
  localEpGroupId?: pulumi.Input<string>;
  /** Id of the endpoint group (type `cidr`) of the peer, for a VPN service without a subnet. `neutron` only. */
  peerEpGroupId?: pulumi.Input<string>;
  /** Availability zone. `k5` only. Default: the zone that the cloud chooses. A change replaces the object. */
  availabilityZone?: pulumi.Input<string>;
  /** Project (tenant) that owns the connection. `neutron` only as an input, which needs an administrator if it is not the login's project; an output in both dialects. A change replaces the object. */
  projectId?: pulumi.Input<string>;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. A change replaces the object. */
  cloud?: pulumi.Input<string>;
  /** Id or name of an existing connection to adopt instead of creating one. Differing properties are updated to the inputs; the preview lists them. Counts at creation only. Not sent to the cloud. */
  adopt?: pulumi.Input<string>;
  /** When a create or an update counts as done: `settled` (ACTIVE, or DOWN, which is reported with a checklist), `active` (DOWN until the timeout is a failure), `accepted` (no wait). ERROR is a failure. Not sent to the cloud. Default: `"settled"`. */
  waitFor?: pulumi.Input<WaitFor>;
  /** Longest duration of `create`, `update` and `delete`, waits included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}
/** Outputs. An IPsec site-to-site connection: a tunnel from a VPN service to one peer (`/v2.0/vpn/ipsec-site-connections`). */
export interface IpsecSiteConnectionState {
  /** Name of the connection. Default: `<stack>-<resource name>-<7 hexadecimal digits>`, which changes when the connection has to be replaced. */
  name: string;
  /** Free text. */
  description: string;
  /** Administrative state. If false, the connection forwards no packets, and its status is not waited for. */
  adminStateUp: boolean;
  /** Id of the VPN service that this end of the tunnel belongs to. */
  vpnServiceId: string;
  /** Id of the IKE policy (phase 1). */
  ikePolicyId: string;
  /** Id of the IPsec policy (phase 2). */
  ipsecPolicyId: string;
  /** Address of the peer's gateway. `k5`: an IPv4 address. `neutron`: an IPv4 or IPv6 address or a host name, which the server resolves once (see `resolvedPeerAddress`). */
  peerAddress: string;
  /** Identity that the peer presents: an IPv4 or IPv6 address, an e-mail address, a key id, an FQDN or (`neutron`) a distinguished name such as `C=DE, O=Acme, CN=gw`. Usually the same as `peerAddress`. */
  peerId: string;
  /** Private networks behind the peer, in any order, as `<network>/<prefix>`. `k5`: exactly one, without host bits. `neutron`: needed when the VPN service has a subnet, refused when it has none (endpoint groups are used then). */
  peerCidrs: string[] | undefined;
  /** Pre-shared key: any string of 1 to 255 characters without leading or trailing whitespace. Always a secret: encrypted in the state, never printed. */
  psk: string;
  /** The ends that may open the tunnel: both (`bi-directional`) or the peer alone (`response-only`). */
  initiator: Initiator;
  /** Dead Peer Detection: `action` (`hold` or `restart`; `neutron` also `clear`, `disabled`, `restart-by-peer`), `interval` and `timeout` in whole seconds, interval < timeout. A change sends all three. */
  dpd: Dpd;
  /** Maximum transmission unit: at least 68 for IPv4 and 1280 for IPv6. `neutron` only as an input; an output in both dialects. */
  mtu: number;
  /** Identity that this end presents; empty for the address of the VPN service. `neutron` only. */
  localId: string | undefined;
  /** Id of the endpoint group (type `subnet`) of this end, for a VPN service without a subnet. `neutron` only. */
  localEpGroupId: string | undefined;
  /** Id of the endpoint group (type `cidr`) of the peer, for a VPN service without a subnet. `neutron` only. */
  peerEpGroupId: string | undefined;
  /** Availability zone. `k5` only. Default: the zone that the cloud chooses. */
  availabilityZone: string | undefined;
  /** Project (tenant) that owns the connection. `neutron` only as an input, which needs an administrator if it is not the login's project; an output in both dialects. */
  projectId: string;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud: string | undefined;
  /** Id or name of an existing connection to adopt instead of creating one. Differing properties are updated to the inputs; the preview lists them. Counts at creation only. Not sent to the cloud. */
  adopt: string | undefined;
  /** When a create or an update counts as done: `settled` (ACTIVE, or DOWN, which is reported with a checklist), `active` (DOWN until the timeout is a failure), `accepted` (no wait). ERROR is a failure. Not sent to the cloud. */
  waitFor: WaitFor | undefined;
  /** Longest duration of `create`, `update` and `delete`, waits included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts: Timeouts | undefined;
  /** Status of the tunnel when it was last read: ACTIVE, DOWN, BUILD, ERROR, PENDING_CREATE, PENDING_UPDATE or PENDING_DELETE. */
  status: string;
  /** Authentication mode: `psk`. */
  authMode: string;
  /** Route mode: `static`. */
  routeMode: string;
  /** The address that the cloud uses for `peerAddress`: the same, or the address that a host name was resolved to. */
  resolvedPeerAddress: string;
  /** The network endpoint of its last read. A 404 from any other endpoint never counts as a deletion. */
  endpoint: string;
}

/** Criteria of {@link getIpsecSiteConnection}: each must equal the value in the cloud. */
export interface GetIpsecSiteConnectionArgs {
  /** Id of the object. */
  id?: string;
  /** Name of the connection. */
  name?: string;
  /** Status of the tunnel when it was last read: ACTIVE, DOWN, BUILD, ERROR, PENDING_CREATE, PENDING_UPDATE or PENDING_DELETE. */
  status?: string;
  /** Administrative state. */
  adminStateUp?: boolean;
  /** Id of the VPN service that this end of the tunnel belongs to. */
  vpnServiceId?: string;
  /** Id of the IKE policy (phase 1). */
  ikePolicyId?: string;
  /** Id of the IPsec policy (phase 2). */
  ipsecPolicyId?: string;
  /** Address of the peer's gateway. */
  peerAddress?: string;
  /** Identity that the peer presents: an IPv4 or IPv6 address, an e-mail address, a key id, an FQDN or (`neutron`) a distinguished name such as `C=DE, O=Acme, CN=gw`. */
  peerId?: string;
  /** Id of the endpoint group (type `subnet`) of this end, for a VPN service without a subnet. */
  localEpGroupId?: string;
  /** Id of the endpoint group (type `cidr`) of the peer, for a VPN service without a subnet. */
  peerEpGroupId?: string;
  /** Project (tenant) that owns the connection. */
  projectId?: string;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud?: string;
}
/** {@link GetIpsecSiteConnectionArgs} as inputs, for {@link getIpsecSiteConnectionOutput}. */
export interface GetIpsecSiteConnectionOutputArgs {
  /** Id of the object. */
  id?: pulumi.Input<string>;
  /** Name of the connection. */
  name?: pulumi.Input<string>;
  /** Status of the tunnel when it was last read: ACTIVE, DOWN, BUILD, ERROR, PENDING_CREATE, PENDING_UPDATE or PENDING_DELETE. */
  status?: pulumi.Input<string>;
  /** Administrative state. */
  adminStateUp?: pulumi.Input<boolean>;
  /** Id of the VPN service that this end of the tunnel belongs to. */
  vpnServiceId?: pulumi.Input<string>;
  /** Id of the IKE policy (phase 1). */
  ikePolicyId?: pulumi.Input<string>;
  /** Id of the IPsec policy (phase 2). */
  ipsecPolicyId?: pulumi.Input<string>;
  /** Address of the peer's gateway. */
  peerAddress?: pulumi.Input<string>;
  /** Identity that the peer presents: an IPv4 or IPv6 address, an e-mail address, a key id, an FQDN or (`neutron`) a distinguished name such as `C=DE, O=Acme, CN=gw`. */
  peerId?: pulumi.Input<string>;
  /** Id of the endpoint group (type `subnet`) of this end, for a VPN service without a subnet. */
  localEpGroupId?: pulumi.Input<string>;
  /** Id of the endpoint group (type `cidr`) of the peer, for a VPN service without a subnet. */
  peerEpGroupId?: pulumi.Input<string>;
  /** Project (tenant) that owns the connection. */
  projectId?: pulumi.Input<string>;
  /** Entry of clouds.yaml with its location and login. Default: the login of the stack. Not sent to the cloud. */
  cloud?: pulumi.Input<string>;
}
/** Result of {@link getIpsecSiteConnection}: An IPsec site-to-site connection: a tunnel from a VPN service to one peer (`/v2.0/vpn/ipsec-site-connections`). */
export interface GetIpsecSiteConnectionResult extends Omit<
  IpsecSiteConnectionState,
  "psk" | "adopt" | "waitFor" | "timeouts"
> {
  /** Id of the object. */
  id: string;
}

/** Arguments. Waits until connections are ready, all of them in parallel; it exists in the program and the state only. */
export interface ConnectionsReadyArgs {
  /** Ids of the connections to wait for, in any order. May be empty. */
  ids: pulumi.Input<pulumi.Input<string>[]>;
  /** When they count as ready: `settled` (each is ACTIVE, or DOWN, which is reported with a checklist), `active` (DOWN until the timeout is a failure). ERROR is a failure. A connection that is administratively down is not waited for. Default: `"settled"`. */
  waitFor?: pulumi.Input<ReadyWhen>;
  /** Entry of clouds.yaml with the location of the connections and the login. Default: the login of the stack. A change replaces the object. */
  cloud?: pulumi.Input<string>;
  /** Longest wait of `create` and `update` for all of them, as `90s`, `10m` or `1h30m`. `delete` does not wait. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}
/** Outputs. Waits until connections are ready, all of them in parallel; it exists in the program and the state only. */
export interface ConnectionsReadyState {
  /** Ids of the connections to wait for, in any order. May be empty. */
  ids: string[];
  /** When they count as ready: `settled` (each is ACTIVE, or DOWN, which is reported with a checklist), `active` (DOWN until the timeout is a failure). ERROR is a failure. A connection that is administratively down is not waited for. */
  waitFor: ReadyWhen | undefined;
  /** Entry of clouds.yaml with the location of the connections and the login. Default: the login of the stack. */
  cloud: string | undefined;
  /** Longest wait of `create` and `update` for all of them, as `90s`, `10m` or `1h30m`. `delete` does not wait. */
  timeouts: Timeouts | undefined;
  /** Status of each connection when it was last read, by its id. A refresh leaves out deleted connections. */
  statuses: Record<string, string>;
  /** Ids of the connections that were not waited for, since they are administratively down. Absent if there are none. */
  switchedOff: string[] | undefined;
}

/** Arguments. Pre-shared keys of connections: the current one and the next one, so that a peer can have the next one before a rotation. They exist in the state only. */
export interface PreSharedKeyArgs {
  /** Number of the current key. A rotation counts it up by one: the next key becomes the current one, and a new next key is generated. Default: `1`. */
  generation?: pulumi.Input<number>;
  /** Characters of each key that is generated from now on. A change keeps the existing keys. Default: `40`. */
  length?: pulumi.Input<number>;
}
/** Outputs. Pre-shared keys of connections: the current one and the next one, so that a peer can have the next one before a rotation. They exist in the state only. */
export interface PreSharedKeyState {
  /** Number of the current key. A rotation counts it up by one: the next key becomes the current one, and a new next key is generated. */
  generation: number | undefined;
  /** Characters of each key that is generated from now on. A change keeps the existing keys. */
  length: number | undefined;
  /** Key for the connection: letters and digits, beginning with a letter. */
  current: string;
  /** Key that is current after the next rotation; the peer gets it first. */
  next: string;
}

/** Arguments of {@link getPeerConfiguration}. */
export interface GetPeerConfigurationArgs {
  /** Id of the connection in the cloud whose peer is to be configured. */
  connectionId: string;
  /** Format of the text. */
  format: PeerFormat;
  /** Key for the text, such as the next one of a rotation. Default: the key of the connection. */
  psk?: string;
  /** Networks behind the VPN service, as `<network>/<prefix>`. Default: those of its subnets, which need one more request each. */
  networks?: string[];
  /** Address that the peer connects to, such as a floating IP, or the global IP in `k5`. Default: the external address of the VPN service. */
  cloudAddress?: string;
  /** Address of the peer's gateway, or `any` for one behind a NAT. Default: the address that the connection has. */
  peerAddress?: string;
  /** Name of the device's interface towards the cloud, such as `port1`. Required by `fortios`, `ios-xe` and `junos`; the other formats ignore it. */
  peerInterface?: string;
  /** Entry of clouds.yaml with the location of the connection and the login. Default: the login of the stack. */
  cloud?: string;
}
/** {@link GetPeerConfigurationArgs} as inputs, for {@link getPeerConfigurationOutput}. */
export interface GetPeerConfigurationOutputArgs {
  /** Id of the connection in the cloud whose peer is to be configured. */
  connectionId: pulumi.Input<string>;
  /** Format of the text. */
  format: pulumi.Input<PeerFormat>;
  /** Key for the text, such as the next one of a rotation. Default: the key of the connection. */
  psk?: pulumi.Input<string>;
  /** Networks behind the VPN service, as `<network>/<prefix>`. Default: those of its subnets, which need one more request each. */
  networks?: pulumi.Input<string[]>;
  /** Address that the peer connects to, such as a floating IP, or the global IP in `k5`. Default: the external address of the VPN service. */
  cloudAddress?: pulumi.Input<string>;
  /** Address of the peer's gateway, or `any` for one behind a NAT. Default: the address that the connection has. */
  peerAddress?: pulumi.Input<string>;
  /** Name of the device's interface towards the cloud, such as `port1`. Required by `fortios`, `ios-xe` and `junos`; the other formats ignore it. */
  peerInterface?: pulumi.Input<string>;
  /** Entry of clouds.yaml with the location of the connection and the login. Default: the login of the stack. */
  cloud?: pulumi.Input<string>;
}
/** Result of {@link getPeerConfiguration}: The configuration of the peer of a connection: the other end of its tunnel, as text for strongSwan, libreswan, a firewall or another Neutron. */
export interface GetPeerConfigurationResult {
  /** The configuration. It contains the key in some formats. */
  text: string;
  /** Changed or weak values: whole sentences. */
  notes: string[];
  /** Eight hexadecimal digits by which two people can compare keys. Absent if the key is unknown. */
  pskFingerprint?: string;
}
