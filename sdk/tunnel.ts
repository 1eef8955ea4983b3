import * as pulumi from "@pulumi/pulumi";

import { ConnectionsReady } from "./connectionsReady";
import type { IpsecSiteConnection } from "./ipsecSiteConnection";
import { getPeerConfigurationOutput } from "./peerConfiguration";
import { PreSharedKey } from "./preSharedKey";
import {
  assertArgs,
  isDevice,
  type TunnelArgs,
  type TunnelPeerConfigurationArgs,
} from "./tunnelArgs";
import { set, TunnelEnd } from "./tunnelEnd";
import { ReadyWhen, type PeerFormat } from "./types";

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

  /** The facts of this end that the text for its peer needs. */
  private readonly facts: TunnelPeerConfigurationArgs & { cloud?: string };

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
      this.address = here.addressFor([address]);
      this.connection = here.connect({ address, id: peer.id ?? address, networks }, this.psk);
    } else {
      const there = new TunnelEnd(`${name}-peer`, peer, args, child);
      const networks = here.networks();
      const theirs = there.addressFor(networks);
      this.address = here.addressFor(networks);
      const toPeer = { address: theirs, id: theirs, networks: there.networks() };
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
    this.facts = {
      psk: this.psk,
      ...set("cloud", args.cloud),
      ...set("networks", args.networks as pulumi.Input<string[]> | undefined),
      ...set("cloudAddress", args.gatewayAddress),
    };
    this.registerOutputs({ status: this.status, address: this.address });
  }

  /**
   * The configuration of the opposite end as text, a secret: see {@link getPeerConfigurationOutput}. It is
   * read from the cloud after each change of this end. A preview shows the text of the cloud before the
   * run; it is unknown until the connection exists.
   *
   * @example
   * ```ts
   * export const peer = office.peerConfiguration("swanctl");
   * export const next = office.peerConfiguration("fortios", {
   *   psk: office.nextPsk!,
   *   peerInterface: "port1",
   * });
   * ```
   */
  peerConfiguration(
    format: pulumi.Input<PeerFormat>,
    args: TunnelPeerConfigurationArgs = {},
  ): pulumi.Output<string> {
    const connectionId = this.connection.id;
    return getPeerConfigurationOutput({ ...this.facts, ...args, connectionId, format }).text;
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
