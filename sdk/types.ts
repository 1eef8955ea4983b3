// Generated from schema.json by `npm run generate`: edit that file instead.

import type * as pulumi from "@pulumi/pulumi";

/** Dead Peer Detection: what to do when the peer stops answering. A part that is not given has its default. */
export interface DpdArgs {
  /** What to do with the connection when the peer is found dead. The `k5` dialect knows `hold` and `restart` only. Default: `"hold"`. */
  action?: pulumi.Input<DpdAction>;
  /** Seconds between two questions to the peer. Must be less than `timeout`. Default: `30`. */
  interval?: pulumi.Input<number>;
  /** Seconds of silence after which the peer counts as dead. Must be greater than `interval`. Default: `120`. */
  timeout?: pulumi.Input<number>;
}
/** Dead Peer Detection: what to do when the peer stops answering. A part that is not given has its default. */
export interface Dpd {
  /** What to do with the connection when the peer is found dead. The `k5` dialect knows `hold` and `restart` only. */
  action?: DpdAction;
  /** Seconds between two questions to the peer. Must be less than `timeout`. */
  interval?: number;
  /** Seconds of silence after which the peer counts as dead. Must be greater than `interval`. */
  timeout?: number;
}

/** What to do with the connection when the peer is found dead. */
export const DpdAction = {
  /** Keep the route and wait for the peer. */
  Hold: "hold",
  /** Negotiate again at once. */
  Restart: "restart",
  /** Take the connection away. */
  Clear: "clear",
  /** Do not look whether the peer is alive. */
  Disabled: "disabled",
  /** Restart every connection of this peer. */
  RestartByPeer: "restart-by-peer",
} as const;
/** What to do with the connection when the peer is found dead. */
export type DpdAction = (typeof DpdAction)[keyof typeof DpdAction];

/** Who may open the tunnel. */
export const Initiator = {
  /** Both ends may open the tunnel. */
  BiDirectional: "bi-directional",
  /** Only the peer may open the tunnel. */
  ResponseOnly: "response-only",
} as const;
/** Who may open the tunnel. */
export type Initiator = (typeof Initiator)[keyof typeof Initiator];

/** When a create or an update counts as done. */
export const WaitFor = {
  /** The status has left PENDING_*: ACTIVE, or DOWN (said once, with a checklist). ERROR is a failure. */
  Settled: "settled",
  /** The status is ACTIVE: both ends have agreed. DOWN until the time-out is a failure. */
  Active: "active",
  /** The API has taken the request; nothing is waited for. */
  Accepted: "accepted",
} as const;
/** When a create or an update counts as done. */
export type WaitFor = (typeof WaitFor)[keyof typeof WaitFor];

/** How long an operation may take, as a duration such as `90s`, `10m` or `1h30m`. */
export interface TimeoutsArgs {
  /** For create, the waiting included. Default: `"10m"`. */
  create?: pulumi.Input<string>;
  /** For update: both waits, before and after the request, together. Default: `"10m"`. */
  update?: pulumi.Input<string>;
  /** For delete, until the object is known to be gone. Default: `"10m"`. */
  delete?: pulumi.Input<string>;
}
/** How long an operation may take, as a duration such as `90s`, `10m` or `1h30m`. */
export interface Timeouts {
  /** For create, the waiting included. */
  create?: string;
  /** For update: both waits, before and after the request, together. */
  update?: string;
  /** For delete, until the object is known to be gone. */
  delete?: string;
}

/** What a program gives to make this: An IPsec site-to-site connection: a tunnel from a VPN service to one peer (`/v2.0/vpn/ipsec-site-connections`). */
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
  /** Identity that the peer presents: an IPv4 or IPv6 address, an e-mail address, a key id or an FQDN. Usually the same as `peerAddress`. */
  peerId: pulumi.Input<string>;
  /** Private networks behind the peer, in any order, as `<network>/<prefix>`. `k5`: exactly one, without host bits. `neutron`: needed when the VPN service has a subnet, refused when it has none (endpoint groups are used then). */
  peerCidrs?: pulumi.Input<pulumi.Input<string>[]>;
  /** Pre-shared key: any text of 1 to 255 characters without blanks at its ends. Always a secret: encrypted in the state, never printed. */
  psk: pulumi.Input<string>;
  /** Who may open the tunnel: both ends (`bi-directional`) or the peer alone (`response-only`). Default: `"bi-directional"`. */
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
  /** Project (tenant) that owns the connection. `neutron` only as an input, where another project than the login's needs an administrator; an output in both dialects. A change replaces the object. */
  projectId?: pulumi.Input<string>;
  /** When a create or an update counts as done: `settled` (ACTIVE, or DOWN, which is said with a checklist), `active` (DOWN until the time-out is a failure), `accepted` (nothing is waited for). ERROR is a failure. Not sent to the cloud. Default: `"settled"`. */
  waitFor?: pulumi.Input<WaitFor>;
  /** How long `create`, `update` and `delete` may take, waiting included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}
/** What is known of it once it is made: An IPsec site-to-site connection: a tunnel from a VPN service to one peer (`/v2.0/vpn/ipsec-site-connections`). */
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
  /** Identity that the peer presents: an IPv4 or IPv6 address, an e-mail address, a key id or an FQDN. Usually the same as `peerAddress`. */
  peerId: string;
  /** Private networks behind the peer, in any order, as `<network>/<prefix>`. `k5`: exactly one, without host bits. `neutron`: needed when the VPN service has a subnet, refused when it has none (endpoint groups are used then). */
  peerCidrs: string[] | undefined;
  /** Pre-shared key: any text of 1 to 255 characters without blanks at its ends. Always a secret: encrypted in the state, never printed. */
  psk: string;
  /** Who may open the tunnel: both ends (`bi-directional`) or the peer alone (`response-only`). */
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
  /** Project (tenant) that owns the connection. `neutron` only as an input, where another project than the login's needs an administrator; an output in both dialects. */
  projectId: string;
  /** When a create or an update counts as done: `settled` (ACTIVE, or DOWN, which is said with a checklist), `active` (DOWN until the time-out is a failure), `accepted` (nothing is waited for). ERROR is a failure. Not sent to the cloud. */
  waitFor: WaitFor | undefined;
  /** How long `create`, `update` and `delete` may take, waiting included, as `90s`, `10m` or `1h30m`. Not sent to the cloud. */
  timeouts: Timeouts | undefined;
  /** Status of the tunnel when it was last read: ACTIVE, DOWN, BUILD, ERROR, PENDING_CREATE, PENDING_UPDATE or PENDING_DELETE. */
  status: string;
  /** Authentication mode: `psk`. */
  authMode: string;
  /** Route mode: `static`. */
  routeMode: string;
  /** The address that the cloud uses for `peerAddress`: the same, or what a host name was resolved to. */
  resolvedPeerAddress: string;
  /** The network endpoint that the connection was last seen at. A 404 from anywhere else never counts as gone. */
  endpoint: string;
}
