import * as pulumi from "@pulumi/pulumi";

import { EndpointGroup } from "./endpointGroup";
import { IkePolicy } from "./ikePolicy";
import { IpsecPolicy } from "./ipsecPolicy";
import { IpsecSiteConnection } from "./ipsecSiteConnection";
import { subnetNetworks } from "./subnetNetworks";
import { WaitFor } from "./types";
import type { DpdArgs, IkePolicyArgs, IpsecPolicyArgs, TimeoutsArgs } from "./types";
import { getVpnServiceOutput, VpnService } from "./vpnService";

/** The location of one end of a tunnel in an OpenStack-style cloud. */
export interface TunnelEndArgs {
  /** Entry of clouds.yaml with the location and login of this end. Default: the login of the stack. */
  cloud?: string;
  /** Id of the router; a VPN service is created on it. */
  routerId?: pulumi.Input<string>;
  /** Id of an existing VPN service, instead of `routerId` and `subnetId`: several tunnels can share it. */
  vpnServiceId?: pulumi.Input<string>;
  /** Id of the subnet of this end, if it has one. */
  subnetId?: pulumi.Input<string>;
  /** Address of this end's gateway for the peer, if the cloud does not show it, as K5. */
  gatewayAddress?: pulumi.Input<string>;
  /** Ids of the subnets of this end, if it has several; `neutron` only. Endpoint groups are created. */
  subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Networks of the subnets of this end, as `<network>/<prefix>`. Default: read from the cloud by one request for
   * each subnet, if the opposite end is in a cloud too.
   */
  networks?: pulumi.Input<pulumi.Input<string>[]>;
}

/** The values that both ends of a tunnel share. */
export interface TunnelPolicies {
  /** Phase 1. */
  ikePolicy?: IkePolicyArgs;
  /** Id of an existing IKE policy, instead of `ikePolicy`. */
  ikePolicyId?: pulumi.Input<string>;
  /** Phase 2. */
  ipsecPolicy?: IpsecPolicyArgs;
  /** Id of an existing IPsec policy, instead of `ipsecPolicy`. */
  ipsecPolicyId?: pulumi.Input<string>;
  /** Dead Peer Detection. Default: `restart` after 120 seconds, with a probe every 30. */
  dpd?: pulumi.Input<DpdArgs>;
  /** Maximum transmission unit. `neutron` only. */
  mtu?: pulumi.Input<number>;
  /** Free text of the connections. */
  description?: pulumi.Input<string>;
  timeouts?: pulumi.Input<TimeoutsArgs>;
}

/** The opposite end, as a connection needs it. */
export interface TunnelPeer {
  readonly address: pulumi.Input<string>;
  readonly id: pulumi.Input<string>;
  readonly networks: pulumi.Input<pulumi.Input<string>[]>;
}

/**
 * A proposal that every device accepts, K5 included: IKE v2, AES-256, SHA-256, group 14. The
 * lifetimes are within the bounds of AWS and FortiOS.
 */
const PORTABLE = {
  authAlgorithm: "sha256",
  encryptionAlgorithm: "aes-256",
  pfs: "group14",
} as const;
const PORTABLE_IKE = { ...PORTABLE, ikeVersion: "v2", lifetime: { value: 28_800 } } as const;
const PORTABLE_IPSEC = { ...PORTABLE, lifetime: { value: 3_600 } } as const;
const PORTABLE_DPD = { action: "restart", interval: 30, timeout: 120 } as const;

/** The objects of one end, except its connection. The names of all children are `name`. */
export class TunnelEnd {
  /** Undefined if the end uses an existing one. */
  readonly service: VpnService | undefined;
  private readonly vpnServiceId: pulumi.Input<string>;
  private readonly ikePolicyId: pulumi.Input<string>;
  private readonly ipsecPolicyId: pulumi.Input<string>;

  constructor(
    private readonly name: string,
    private readonly args: TunnelEndArgs,
    private readonly policies: TunnelPolicies,
    private readonly opts: pulumi.CustomResourceOptions,
  ) {
    const { routerId, subnetId, vpnServiceId } = args;
    if (vpnServiceId !== undefined) this.vpnServiceId = vpnServiceId;
    else {
      const serviceArgs = this.located({ routerId: routerId!, ...set("subnetId", subnetId) });
      this.service = new VpnService(name, serviceArgs, opts);
      this.vpnServiceId = this.service.id;
    }
    this.ikePolicyId = policies.ikePolicyId ?? this.createIkePolicy().id;
    this.ipsecPolicyId = policies.ipsecPolicyId ?? this.createIpsecPolicy().id;
  }

  /** The networks of this end. */
  networks(): pulumi.Output<string[]> {
    const { networks, subnetId, subnetIds } = this.args;
    if (networks !== undefined) return pulumi.output(networks);
    const ids = subnetIds ?? [subnetId ?? this.lookUpService().subnetId];
    return subnetNetworks(ids, set("cloud", this.args.cloud));
  }

  /** The address that the peer connects to, of the IP version of its first address or network. */
  addressFor(peer: pulumi.Input<pulumi.Input<string>[]>): pulumi.Output<string> {
    const { gatewayAddress } = this.args;
    if (gatewayAddress !== undefined) return pulumi.output(gatewayAddress);
    const { externalV4Ip, externalV6Ip } = this.service ?? this.lookUpService();
    return pulumi
      .all([externalV4Ip, externalV6Ip, pulumi.output(peer)])
      .apply(([v4, v6, [first]]) => (first?.includes(":") === true ? v6! : v4!));
  }

  /** Creates the connection to a peer; nothing waits for its status. */
  connect(peer: TunnelPeer, psk: pulumi.Input<string>): IpsecSiteConnection {
    const { description, dpd, mtu, timeouts } = this.policies;
    return new IpsecSiteConnection(
      this.name,
      this.located({
        vpnServiceId: this.vpnServiceId,
        ikePolicyId: this.ikePolicyId,
        ipsecPolicyId: this.ipsecPolicyId,
        peerAddress: peer.address,
        peerId: peer.id,
        ...this.networksTo(peer),
        psk,
        dpd: dpd ?? PORTABLE_DPD,
        waitFor: WaitFor.Accepted,
        ...set("description", description),
        ...set("mtu", mtu),
        ...set("timeouts", timeouts),
      }),
      this.opts,
    );
  }

  private networksTo({ networks }: TunnelPeer) {
    const { subnetIds } = this.args;
    if (subnetIds === undefined) return { peerCidrs: networks };
    const group = (side: string, type: "subnet" | "cidr", endpoints: typeof networks) =>
      new EndpointGroup(`${this.name}-${side}`, this.located({ type, endpoints }), this.opts).id;
    return {
      localEpGroupId: group("local", "subnet", subnetIds),
      peerEpGroupId: group("peer", "cidr", networks),
    };
  }

  private createIkePolicy(): IkePolicy {
    const own = { ...PORTABLE_IKE, ...this.policies.ikePolicy };
    return new IkePolicy(this.name, this.located(own), this.opts);
  }

  private createIpsecPolicy(): IpsecPolicy {
    const own = { ...PORTABLE_IPSEC, ...this.policies.ipsecPolicy };
    return new IpsecPolicy(this.name, this.located(own), this.opts);
  }

  private lookUpService() {
    return getVpnServiceOutput(this.located({ id: this.vpnServiceId }));
  }

  private located<Args extends object>(args: Args): Args & { cloud?: string } {
    return { ...args, ...set("cloud", this.args.cloud) };
  }
}

/** An argument, unless it is undefined: optional arguments must not be present then. */
export function set<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [one in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [one in Name]: Value });
}
