import type * as pulumi from "@pulumi/pulumi";

import { invokeOutput, type ProviderFunction } from "./lookup";
import { subnetNetworks as networksOf } from "./providerApi";

interface Arguments {
  readonly subnetIds: (string | undefined)[];
  readonly cloud?: string;
}

/** Under Pulumi's mocks its token is `vpnaas:index:getSubnetNetworks`; schema.json does not have it. */
const called: ProviderFunction<{ networks: string[] }> = {
  name: "getSubnetNetworks",
  run: async (runtime, args) => ({
    networks: await networksOf(runtime, args as unknown as Arguments & typeof args),
  }),
};

/**
 * The networks of subnets, as `<network>/<prefix>`. Reads each from the cloud, in previews too. An
 * undefined id is that of a VPN service without a subnet, and an error.
 */
export function subnetNetworks(
  subnetIds: pulumi.Input<pulumi.Input<string | undefined>[]>,
  cloud: { readonly cloud?: string },
): pulumi.Output<string[]> {
  return invokeOutput(called, { subnetIds, ...cloud }).networks;
}
