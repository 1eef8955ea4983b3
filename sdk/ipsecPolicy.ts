import type * as pulumi from "@pulumi/pulumi";

import { lookup, lookupOutput, type LookupOutputOptions } from "./lookup";
import { resourceClass } from "./resource";
import type {
  IpsecPolicyArgs,
  IpsecPolicyState,
  GetIpsecPolicyArgs,
  GetIpsecPolicyOutputArgs,
  GetIpsecPolicyResult,
} from "./types";

/**
 * An IPsec policy: the parameters that both ends agree on in phase 2.
 *
 * Neutron refuses any change of a policy that a connection uses, even of its name. A change of such a
 * policy creates a new one, replaces the connections that use it, and deletes the old one; the preview
 * shows it.
 *
 * @example
 * ```ts
 * const ipsec = new vpnaas.IpsecPolicy("office", {
 *   encryptionAlgorithm: "aes-256",
 *   pfs: "group14",
 * });
 * ```
 */
export class IpsecPolicy extends resourceClass<IpsecPolicyArgs, IpsecPolicyState>("IpsecPolicy") {}

/**
 * Looks up the one IPsec policy that has the given id, name, algorithms and so on.
 *
 * Each argument must equal the value in the cloud, names exactly; this package compares them itself and does
 * not rely on the cloud's filters. A preview looks it up as well.
 * @throws LookupError if no IPsec policy that the login sees matches, or more than one.
 *
 * @example
 * ```ts
 * const ipsec = await vpnaas.getIpsecPolicy({ name: "strong", pfs: "group14" });
 * ```
 */
export function getIpsecPolicy(args: GetIpsecPolicyArgs): Promise<GetIpsecPolicyResult> {
  return lookup("IpsecPolicy", args);
}

/**
 * {@link getIpsecPolicy} for inputs, which may be outputs of other resources.
 *
 * In a preview the result is unknown as long as an input is unknown, or a resource behind an input or in
 * `dependsOn` does not exist yet. It is secret if an input is.
 *
 * @example
 * ```ts
 * const ipsecPolicyId = vpnaas.getIpsecPolicyOutput({ name: shared.requireOutput("ipsec") }).id;
 * ```
 */
export function getIpsecPolicyOutput(
  args: GetIpsecPolicyOutputArgs,
  opts?: LookupOutputOptions,
): pulumi.Output<GetIpsecPolicyResult> {
  return lookupOutput("IpsecPolicy", args, opts);
}
