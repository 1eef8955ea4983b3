import type { Identity } from "../tunnel/identity";
import { isAead, type TunnelView } from "../tunnel/tunnelView";

/**
 * A connection as the configuration of the peer states it. A member that is absent or undefined is not
 * stated, so it is not compared. Values of algorithms are those of schema.json, or the word of the configuration if
 * schema.json has no such value.
 */
export interface PeerSettings {
  readonly name: string;
  readonly local: EndSettings;
  readonly remote: EndSettings;
  readonly ike: {
    /** `v1`, `v2`, or both. */
    readonly versions?: readonly string[] | undefined;
    readonly mode?: string | undefined;
    readonly proposals?: Proposals | undefined;
    /** Seconds. */
    readonly lifetime?: number | undefined;
  };
  readonly children: readonly ChildSettings[];
  /** Whether the peer accepts only equal networks, as libreswan 4.10 does with IKE v2. */
  readonly needsEqualNetworks?: boolean;
  /** The option without which the peer drops every packet of IKE v1, if its file lacks it. */
  readonly missingV1Option?: string | undefined;
  /** Whether the peer opens the tunnel by itself. */
  readonly initiates?: boolean;
  readonly psk?: string | undefined;
  /** Further keys in the files of the peer, which no finding may contain. */
  readonly otherKeys?: readonly string[];
}

/** One end as the peer states it. */
export interface EndSettings {
  /** Absent for any address. */
  readonly addresses?: readonly string[] | undefined;
  /** Absent for any identity, or for one that follows from an unknown address. */
  readonly identity?: Identity | undefined;
}

/** The networks and the phase 2 of a connection. */
export interface ChildSettings {
  /** As `<network>/<prefix>`; absent for the gateway's own address alone. */
  readonly local?: readonly string[] | undefined;
  readonly remote?: readonly string[] | undefined;
  readonly protocol?: string | undefined;
  readonly mode?: string | undefined;
  readonly proposals?: Proposals | undefined;
  /** Seconds. */
  readonly lifetime?: number | undefined;
}

/** The proposals of a phase. */
export interface Proposals {
  readonly list: readonly Proposal[];
  /** Whether the daemon offers its own proposals as well. */
  readonly hasDefaults: boolean;
}

/** A proposal: one of each list. */
export interface Proposal {
  readonly encryption: readonly string[];
  /** Empty for AEAD without an explicit PRF. */
  readonly integrity: readonly string[];
  /** Empty for none: without PFS. */
  readonly group: readonly string[];
}

/** The settings of an end of which everything is known: `view` is its own view. */
export function settingsOf(view: TunnelView): PeerSettings {
  const { name, local, remote, ike, ipsec, psk } = view;
  return {
    name,
    local: endOf(local),
    remote: endOf(remote),
    ike: {
      versions: [ike.version],
      mode: ike.mode,
      proposals: single(ike.encryption, ike.integrity, ike.group),
      lifetime: ike.lifetime,
    },
    children: [
      {
        local: local.networks,
        remote: remote.networks,
        protocol: ipsec.protocol,
        mode: ipsec.mode,
        proposals: single(
          ipsec.encryption,
          isAead(ipsec.encryption) ? undefined : ipsec.integrity,
          ipsec.group,
        ),
        lifetime: ipsec.lifetime,
      },
    ],
    initiates: local.initiates,
    psk,
  };
}

function endOf({ address, identity }: TunnelView["local"]): EndSettings {
  return { identity, addresses: address === undefined ? undefined : [address] };
}

function single(encryption: string, integrity: string | undefined, group: string): Proposals {
  const proposal = {
    encryption: [encryption],
    integrity: integrity === undefined ? [] : [integrity],
    group: [group],
  };
  return { list: [proposal], hasDefaults: false };
}
