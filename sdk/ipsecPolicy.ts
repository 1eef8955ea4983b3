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
 * An IPsec policy: what both ends agree on in phase 2.
 *
 * Neutron refuses any change of a policy that a connection uses, even of its name. A change of such a
 * policy makes a new one, replaces the connections that use it, and deletes the old one; the preview
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
 * What is given has to be the same as what the cloud shows, names to the letter; the cloud's own
 * filters are not relied on. In a preview it is looked up as well.
 * @throws LookupError where no IPsec policy that the login sees fits, or more than one.
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
 * In a preview the result is unknown as long as an input is, or a resource that an input comes from or
 * that stands in `dependsOn` is not there yet. It is secret if an input is.
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
