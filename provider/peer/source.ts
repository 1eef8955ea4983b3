import type { NeutronClient } from "../neutron/client";
import { cloudResourceType, type Kind } from "../schema/resourceType";
import { partOf } from "../tunnel/viewOf";
import type { Values } from "../values";

/** Reads the objects that a tunnel consists of. */
export interface TunnelSource {
  /** An object under the names of properties, such as the outputs of a state. */
  readonly part: (kind: Kind, id: string) => Promise<Values>;
  /** The network of a subnet, as `<network>/<prefix>`. */
  readonly subnetCidr: (id: string) => Promise<string>;
}

/** A source that asks the cloud. The calls throw ApiError and TransportError. */
export function cloudSource(client: NeutronClient): TunnelSource {
  return {
    part: async (kind, id) => partOf(kind, await client.get(cloudResourceType(kind), id)),
    subnetCidr: (id) => client.subnetCidr(id),
  };
}
