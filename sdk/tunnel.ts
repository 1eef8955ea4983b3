import * as pulumi from "@pulumi/pulumi";

import { ConnectionsReady } from "./connectionsReady";
import type { IpsecSiteConnection } from "./ipsecSiteConnection";
import { PreSharedKey } from "./preSharedKey";
import { set, TunnelEnd, type TunnelEndArgs, type TunnelPolicies } from "./tunnelEnd";
import { ReadyWhen } from "./types";

export type { TunnelEndArgs, TunnelPolicies } from "./tunnelEnd";

/** A peer that is any device: somebody else configures it. */
export interface TunnelDeviceArgs {
  /** Address of the device's gateway. */
  address: pulumi.Input<string>;
  /** Identity that the device presents. Default: its address. */
  id?: pulumi.Input<string>;
  /** Networks behind the device, as `<network>/<prefix>`. */
  networks: pulumi.Input<pulumi.Input<string>[]>;
}

/** A peer that is another OpenStack-style cloud, project or router: the tunnel creates it as well. */
export interface TunnelPeerEndArgs extends TunnelEndArgs {
  /** Networks of its subnets, as `<network>/<prefix>`. */
  networks: pulumi.Input<pulumi.Input<string>[]>;
}

/** Arguments of a {@link Tunnel}. */
export interface TunnelArgs extends TunnelEndArgs, TunnelPolicies {
  /** The opposite end: a device, or an end in a cloud, which is created too. */
  peer: TunnelDeviceArgs | TunnelPeerEndArgs;
  /** Networks of this end's subnets. Required if the peer is an end in a cloud. */
  networks?: pulumi.Input<pulumi.Input<string>[]>;
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

/**
 * A whole tunnel: VPN service, policies, connection and pre-shared key of one end, or of both ends if the
 * peer is in a cloud too.
 *
 * The default policies are IKE v2, AES-256, SHA-256 and group 14 with lifetimes of 8 hours and 1 hour,
 * which every kind of device accepts. The connections are awaited together after all of them exist. All
 * children have the tunnel's name; those of the opposite end have the suffix `-peer`.
 * @throws pulumi.RunError that names the argument, for arguments that contradict each other
 *
 * @example
 * ```ts
 * const office = new vpnaas.Tunnel("office", {
 *   routerId: "66e3b16c-8ce5-40fb-bb49-ab6d8dc3f2aa",
 *   subnetId: "14067794-975d-461e-b502-dd40c0383d26",
 *   peer: { address: "203.0.113.7", networks: ["10.2.0.0/24"] },
 * });
 * export const status = office.status;
 * ```
 */
export class Tunnel extends pulumi.ComponentResource {
  /** The connection of this end. */
  readonly connection: IpsecSiteConnection;
  /** The connection of the opposite end, if it is in a cloud. */
  readonly peerConnection: IpsecSiteConnection | undefined;
  /** Address of this end's gateway, for the peer. */
  readonly address: pulumi.Output<string>;
  /** Status of the connection of this end when it was last read. */
  readonly status: pulumi.Output<string>;
  /** Status of the connection of the opposite end; undefined if it is a device. */
  readonly peerStatus: pulumi.Output<string> | undefined;
  /** Current pre-shared key, a secret. */
  readonly psk: pulumi.Output<string>;
  /** Key after the next rotation, a secret, for the peer; undefined if the program sets `psk`. */
  readonly nextPsk: pulumi.Output<string> | undefined;

  constructor(name: string, args: TunnelArgs, opts?: pulumi.ComponentResourceOptions) {
    super("vpnaas:index:Tunnel", name, {}, opts);
    assertArgs(name, args);
    const child = { parent: this };
    const key = args.psk === undefined ? createKey(name, args, child) : undefined;
    this.psk = pulumi.secret(key?.current ?? args.psk!);
    this.nextPsk = key?.next;
    const { peer } = args;
    const here = new TunnelEnd(name, args, args, child);
    if (isDevice(peer)) {
      const { address, networks } = peer;
      this.address = here.addressFor(networks);
      this.connection = here.connect({ address, id: peer.id ?? address, networks }, this.psk);
    } else {
      const there = new TunnelEnd(`${name}-peer`, peer, args, child);
      const networks = args.networks!;
      const theirs = there.addressFor(networks);
      this.address = here.addressFor(networks);
      const toPeer = { address: theirs, id: theirs, networks: peer.networks };
      const toHere = { address: this.address, id: this.address, networks };
      this.connection = here.connect(toPeer, this.psk);
      this.peerConnection = there.connect(toHere, this.psk);
    }
    const connections = [this.connection, this.peerConnection].filter((one) => one !== undefined);
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a type of `resourceClass`
    const ends: pulumi.Resource[] = connections;
    const ready = (end: string, cloud: string | undefined, connection: IpsecSiteConnection) =>
      awaitStatus(end, cloud, args, connection, { ...child, dependsOn: ends });
    this.status = ready(name, args.cloud, this.connection);
    if (!isDevice(peer)) {
      this.peerStatus = ready(`${name}-peer`, peer.cloud, this.peerConnection!);
    }
    this.registerOutputs({ status: this.status, address: this.address });
  }
}

/** Waits for a connection after the creation of both ends: one end alone would settle as DOWN. */
function awaitStatus(
  name: string,
  cloud: string | undefined,
  { peer, timeouts, waitFor }: TunnelArgs,
  { id, status }: IpsecSiteConnection,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { statuses } = new ConnectionsReady(
    name,
    {
      ids: [id],
      waitFor: waitFor ?? (isDevice(peer) ? ReadyWhen.Settled : ReadyWhen.Active),
      ...set("cloud", cloud),
      ...set("timeouts", timeouts),
    },
    opts,
  );
  // A program's unit test may have mocks that return no outputs.
  const observed = statuses as pulumi.Output<Readonly<Record<string, string>> | undefined>;
  return pulumi.all([observed, id, status]).apply(([all, one, before]) => all?.[one] ?? before);
}

function createKey(
  name: string,
  { generation }: TunnelArgs,
  opts: pulumi.CustomResourceOptions,
): PreSharedKey {
  return new PreSharedKey(name, set("generation", generation), opts);
}

function isDevice(peer: TunnelArgs["peer"]): peer is TunnelDeviceArgs {
  return !("routerId" in peer || "vpnServiceId" in peer);
}

/** TypeScript cannot express these rules briefly, and JavaScript programs have no types. */
function assertArgs(name: string, args: TunnelArgs): void {
  const { peer } = args;
  const problem =
    endProblem("", args) ??
    policyProblem(args) ??
    (isDevice(peer) ? undefined : endProblem("peer.", peer)) ??
    (isDevice(peer) || args.networks !== undefined
      ? undefined
      : "networks is required if the peer is an end in a cloud");
  if (problem !== undefined) throw new pulumi.RunError(`Tunnel ${name}: ${problem}`);
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
