import { contains, overlap } from "../validation/net";
import type { TunnelView } from "./tunnelView";

/**
 * Networks with which packets take a wrong way though the tunnel is up: they overlap at both ends, or
 * the peer's hold its own gateway. Whole sentences.
 */
export function networkWarnings(view: TunnelView): string[] {
  const { local, remote } = view;
  const overlaps = local.networks.flatMap((one) =>
    remote.networks
      .filter((other) => overlap(one, other))
      .map((other) => `The networks ${one} and ${other} of both ends overlap.`),
  );
  return [...overlaps, ...gatewayWarnings(view)];
}

/** The networks of the peer that contain its gateway. */
export function gatewayWarnings({ remote: { address, networks } }: TunnelView): string[] {
  return networks
    .filter((one) => address !== undefined && contains(one, address))
    .map((one) => `The network ${one} of the peer contains the address of its gateway.`);
}
