import type * as pulumi from "@pulumi/pulumi";

import { lookup, lookupOutput, type LookupOutputOptions } from "./lookup";
import { resourceClass } from "./resource";
import type {
  IkePolicyArgs,
  IkePolicyState,
  GetIkePolicyArgs,
  GetIkePolicyOutputArgs,
  GetIkePolicyResult,
} from "./types";

/**
 * An IKE policy: the parameters that both ends agree on in phase 1.
 *
 * Neutron refuses any change of a policy that a connection uses, even of its name. A change of such a
 * policy creates a new one, replaces the connections that use it, and deletes the old one; the preview
 * shows it.
 *
 * @example
 * ```ts
 * const ike = new vpnaas.IkePolicy("office", {
 *   encryptionAlgorithm: "aes-256",
 *   pfs: "group14",
 *   ikeVersion: "v2",
 *   lifetime: { value: 28800 },
 * });
 * ```
 */
export class IkePolicy extends resourceClass<IkePolicyArgs, IkePolicyState>("IkePolicy") {}

/**
 * Looks up the one IKE policy that has the given id, name, algorithms and so on.
 *
 * Each argument must equal the value in the cloud, names exactly; this package compares them itself and does
 * not rely on the cloud's filters. A preview looks it up as well.
 * @throws LookupError if no IKE policy that the login sees matches, or more than one.
 *
 * @example
 * ```ts
 * const ike = await vpnaas.getIkePolicy({ name: "strong", ikeVersion: "v2" });
 * ```
 */
export function getIkePolicy(args: GetIkePolicyArgs): Promise<GetIkePolicyResult> {
  return lookup("IkePolicy", args);
}

/**
 * {@link getIkePolicy} for inputs, which may be outputs of other resources.
 *
 * In a preview the result is unknown as long as an input is unknown, or a resource behind an input or in
 * `dependsOn` does not exist yet. It is secret if an input is.
 *
 * @example
 * ```ts
 * const ikePolicyId = vpnaas.getIkePolicyOutput({ name: shared.requireOutput("ike") }).id;
 * ```
 */
export function getIkePolicyOutput(
  args: GetIkePolicyOutputArgs,
  opts?: LookupOutputOptions,
): pulumi.Output<GetIkePolicyResult> {
  return lookupOutput("IkePolicy", args, opts);
}
