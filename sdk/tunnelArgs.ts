import * as pulumi from "@pulumi/pulumi";

import type { TunnelEndArgs, TunnelPolicies } from "./tunnelEnd";
import type { GetPeerConfigurationOutputArgs, ReadyWhen } from "./types";

/** A peer that is any device: somebody else configures it. */
export interface TunnelDeviceArgs {
  /** Address of the device's gateway. */
  address: pulumi.Input<string>;
  /** Identity that the device presents. Default: its address. */
  id?: pulumi.Input<string>;
  /** Networks behind the device, as `<network>/<prefix>`. */
  networks: pulumi.Input<pulumi.Input<string>[]>;
}

/** Arguments of a {@link Tunnel}. */
export interface TunnelArgs extends TunnelEndArgs, TunnelPolicies {
  /** The opposite end: a device, or an end in a cloud, which is created too. */
  peer: TunnelDeviceArgs | TunnelEndArgs;
  /** Pre-shared key. Default: one that a {@link PreSharedKey} generates and `generation` rotates. */
  psk?: pulumi.Input<string>;
  /** Number of the generated key; counted up by one, it rotates the key. Default: 1. */
  generation?: pulumi.Input<number>;
  /**
   * When the tunnel counts as ready. Default: `settled` with a device, which may be configured later;
   * `active` if both ends are in clouds.
   */
  waitFor?: pulumi.Input<ReadyWhen>;
}

/** Facts that replace those of the tunnel in the text for its peer; `psk` is by default the current key. */
export type TunnelPeerConfigurationArgs = Omit<
  GetPeerConfigurationOutputArgs,
  "connectionId" | "format" | "cloud"
>;

/** Whether somebody else configures the peer. */
export function isDevice(peer: TunnelArgs["peer"]): peer is TunnelDeviceArgs {
  return !("routerId" in peer || "vpnServiceId" in peer);
}

/**
 * Rules that TypeScript cannot express briefly; JavaScript programs have no types.
 * @throws pulumi.RunError that names the argument
 */
export function assertArgs(name: string, args: TunnelArgs): void {
  const problem = peerProblem(args) ?? endProblem("", args) ?? policyProblem(args);
  if (problem !== undefined) throw new pulumi.RunError(`Tunnel ${name}: ${problem}`);
}

function peerProblem(args: TunnelArgs): string | undefined {
  const peer = args.peer as TunnelArgs["peer"] | undefined;
  if (peer === undefined) {
    return "peer is required: a device (address, networks) or an end in a cloud (routerId, subnetId)";
  }
  if (!isDevice(peer)) {
    return "address" in peer
      ? "peer.address belongs to a device: an end in a cloud has peer.gatewayAddress"
      : endProblem("peer.", peer);
  }
  const { address, networks } = peer as Partial<TunnelDeviceArgs>;
  if (address === undefined) return "peer.address is required: the address of the device";
  return networks === undefined || (Array.isArray(networks) && networks.length === 0)
    ? "peer.networks is required: at least one network behind the device"
    : undefined;
}

function endProblem(prefix: string, end: TunnelEndArgs): string | undefined {
  const has = (argument: keyof TunnelEndArgs) => end[argument] !== undefined;
  if (has("vpnServiceId") === has("routerId")) {
    return `set either ${prefix}routerId (a VPN service is created on it) or ${prefix}vpnServiceId (an existing one)`;
  }
  if (has("subnetId") && has("subnetIds")) {
    return `set either ${prefix}subnetId (one subnet) or ${prefix}subnetIds (endpoint groups)`;
  }
  if (has("routerId") && !has("subnetId") && !has("subnetIds")) {
    return `${prefix}subnetId is required, or ${prefix}subnetIds for several subnets`;
  }
  return has("vpnServiceId") && has("subnetId")
    ? `${prefix}subnetId belongs to the existing VPN service: leave it out`
    : undefined;
}

function policyProblem(args: TunnelArgs): string | undefined {
  if (args.ikePolicy !== undefined && args.ikePolicyId !== undefined) {
    return "set either ikePolicy (a new one) or ikePolicyId (an existing one)";
  }
  if (args.ipsecPolicy !== undefined && args.ipsecPolicyId !== undefined) {
    return "set either ipsecPolicy (a new one) or ipsecPolicyId (an existing one)";
  }
  if (!isDevice(args.peer) && (args.ikePolicyId ?? args.ipsecPolicyId) !== undefined) {
    return "an existing policy belongs to one cloud: give ikePolicy and ipsecPolicy if the peer is in a cloud";
  }
  return args.psk !== undefined && args.generation !== undefined
    ? "generation counts generated keys: leave it out if psk is set"
    : undefined;
}
