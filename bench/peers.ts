import type { LiveNeutron } from "../tests/support/harness/neutron";

/** The objects of project `lab` on every server: a router and a subnet. */
export type Fixture = Pick<LiveNeutron["fixture"], "routerId" | "subnetId">;

/** The other end of a connection. */
export interface Peer {
  readonly address: string;
  /** Its network, for a group of its own. */
  readonly cidr: string;
}

/** Any key; nothing is ever encrypted with it. */
export const PSK = "for measuring only";

/** As many peers as there shall be connections, at most 16,000. */
export function peersOf(size: number): Peer[] {
  return Array.from({ length: size }, (_, i) => ({
    address: `198.51.${i >> 8}.${i & 255}`,
    cidr: `10.${64 + (i >> 8)}.${i & 255}.0/24`,
  }));
}
