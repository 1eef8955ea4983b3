import * as pulumi from "@pulumi/pulumi";

import { SECRET_ARGUMENTS, version } from "./providerApi";
import type { ProviderArgs } from "./providerArgs";

/**
 * A provider with the settings and the login of one cloud, for the option `provider` of resources. Without one,
 * the stack configuration and the environment apply.
 *
 * @example
 * ```ts
 * const tokyo = new vpnaas.Provider("tokyo", { cloud: "tokyo", dialect: "neutron" });
 * const ike = new vpnaas.IkePolicy("branch", {}, { provider: tokyo });
 * ```
 */
export class Provider extends pulumi.ProviderResource {
  constructor(name: string, args: ProviderArgs = {}, opts?: pulumi.ResourceOptions) {
    const inputs: pulumi.Inputs = { ...args };
    for (const key of SECRET_ARGUMENTS) {
      if (inputs[key] !== undefined) inputs[key] = pulumi.secret<unknown>(inputs[key]);
    }
    super("vpnaas", name, inputs, pulumi.mergeOptions({ version }, opts));
  }
}
