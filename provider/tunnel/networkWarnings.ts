import { contains, overlap } from "../validation/net";
import type { TunnelView } from "./tunnelView";

/**
 * Networks with which packets take a wrong way though the tunnel is up: they overlap at both ends, or
 * the peer's hold its own gateway. Whole sentences.
 */
export function networkWarnings({ local, remote }: TunnelView): string[] {
  const overlaps = local.networks.flatMap((one) =>
    remote.networks
      .filter((other) => overlap(one, other))
      .map((other) => `The networks ${one} and ${other} of both ends overlap.`),
  );
  const { address } = remote;
  const own = remote.networks.filter((one) => address !== undefined && contains(one, address));
  return [
    ...overlaps,
    ...own.map((one) => `The network ${one} of the peer contains the address of its gateway.`),
  ];
}
