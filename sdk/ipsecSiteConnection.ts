import type * as pulumi from "@pulumi/pulumi";

import { lookup, lookupOutput, type LookupOutputOptions } from "./lookup";
import { resourceClass } from "./resource";
import type {
  IpsecSiteConnectionArgs,
  IpsecSiteConnectionState,
  GetIpsecSiteConnectionArgs,
  GetIpsecSiteConnectionOutputArgs,
  GetIpsecSiteConnectionResult,
} from "./types";

/**
 * An IPsec site-to-site connection: a tunnel from a VPN service to one peer.
 *
 * A change of the service, of a policy, of the project or of the availability zone replaces it;
 * everything else is changed in place, as soon as its status has left PENDING_*. Any change
 * interrupts all tunnels of its VPN service for a moment.
 *
 * @example
 * ```ts
 * const office = new vpnaas.IpsecSiteConnection("office", {
 *   vpnServiceId: "41bfef97-af4e-4f6b-a5d3-4678859d2485",
 *   ikePolicyId: "771f081c-5ec8-4f9a-b041-015dfb7fbbe2",
 *   ipsecPolicyId: "9958d4fe-3719-4e8c-84e7-9893895b76b4",
 *   peerAddress: "203.0.113.7",
 *   peerId: "203.0.113.7",
 *   peerCidrs: ["10.2.0.0/24"],
 *   psk: new pulumi.Config().requireSecret("psk"),
 * });
 * export const status = office.status;
 * ```
 */
export class IpsecSiteConnection extends resourceClass<
  IpsecSiteConnectionArgs,
  IpsecSiteConnectionState
>("IpsecSiteConnection") {}

/**
 * Looks up the one connection that has the given id, name, VPN service, peer and so on. The psk is not
 * in the result, where it would not be secret.
 *
 * Each argument must equal the value in the cloud, names exactly; `peerAddress` is the address that a host
 * name was resolved to. This package compares them itself and does not rely on the cloud's filters. A preview
 * looks it up as well.
 * @throws LookupError if no connection that the login sees matches, or more than one.
 *
 * @example
 * ```ts
 * const branch = await vpnaas.getIpsecSiteConnection({ name: "branch" });
 * export const isUp = branch.status === "ACTIVE";
 * ```
 */
export function getIpsecSiteConnection(
  args: GetIpsecSiteConnectionArgs,
): Promise<GetIpsecSiteConnectionResult> {
  return lookup("IpsecSiteConnection", args);
}

/**
 * {@link getIpsecSiteConnection} for inputs, which may be outputs of other resources.
 *
 * In a preview the result is unknown as long as an input is unknown, or a resource behind an input or in
 * `dependsOn` does not exist yet. It is secret if an input is.
 *
 * @example
 * ```ts
 * const connection = vpnaas.getIpsecSiteConnectionOutput({ vpnServiceId: service.id });
 * ```
 */
export function getIpsecSiteConnectionOutput(
  args: GetIpsecSiteConnectionOutputArgs,
  opts?: LookupOutputOptions,
): pulumi.Output<GetIpsecSiteConnectionResult> {
  return lookupOutput("IpsecSiteConnection", args, opts);
}
