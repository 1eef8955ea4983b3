import type { Identity } from "./identity";

/**
 * A tunnel as one of its ends sees it. {@link mirror} gives the view of the other end. Values of
 * algorithms, modes and actions are those of schema.json.
 */
export interface TunnelView {
  /** The name of the connection. */
  readonly name: string;
  readonly local: TunnelEnd;
  readonly remote: TunnelEnd;
  readonly ike: IkeParameters;
  readonly ipsec: IpsecParameters;
  /** Each end probes the other one; the values are not negotiated. */
  readonly dpd: DpdParameters;
  /** Bytes. */
  readonly mtu: number;
  /** Undefined if it is unknown or not wanted in a text. */
  readonly psk: string | undefined;
}

/** One end of a tunnel. */
export interface TunnelEnd {
  /** The address of its gateway; undefined for any address, such as behind a NAT. */
  readonly address: string | undefined;
  readonly identity: Identity;
  /** The networks behind it, as `<network>/<prefix>`. */
  readonly networks: readonly string[];
  /** Whether it may open the tunnel. */
  readonly initiates: boolean;
}

/** The parameters of phase 1. */
export interface IkeParameters {
  /** `v1` or `v2`. */
  readonly version: string;
  /** `main` or `aggressive`; IKE v2 ignores it. */
  readonly mode: string;
  readonly encryption: string;
  readonly integrity: string;
  readonly group: string;
  /** Seconds. */
  readonly lifetime: number;
}

/** The parameters of phase 2. */
export interface IpsecParameters {
  /** `esp`, `ah` or `ah-esp`. */
  readonly protocol: string;
  /** `tunnel` or `transport`. */
  readonly mode: string;
  readonly encryption: string;
  readonly integrity: string;
  readonly group: string;
  /** Seconds. */
  readonly lifetime: number;
}

/** Dead Peer Detection. */
export interface DpdParameters {
  readonly action: string;
  /** Seconds. */
  readonly interval: number;
  /** Seconds. */
  readonly timeout: number;
}

/** The same tunnel as the other end sees it; the mirror of a mirror is the view itself. */
export function mirror(view: TunnelView): TunnelView {
  return { ...view, local: view.remote, remote: view.local };
}

/** Whether a cipher authenticates by itself (AEAD), so that phase 2 needs no integrity algorithm. */
export function isAead(encryption: string): boolean {
  return /-[cg]cm-/.test(encryption);
}
