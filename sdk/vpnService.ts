import type * as pulumi from "@pulumi/pulumi";

import { lookup, lookupOutput, type LookupOutputOptions } from "./lookup";
import { resourceClass } from "./resource";
import type {
  VpnServiceArgs,
  VpnServiceState,
  GetVpnServiceArgs,
  GetVpnServiceOutputArgs,
  GetVpnServiceResult,
} from "./types";

/**
 * A VPN service: a router's end of its tunnels. A router accepts one, and needs an external gateway.
 *
 * With a subnet its connections set `peerCidrs`; without one they set endpoint groups. A change of the
 * router or the subnet replaces it, and its connections with it.
 *
 * It stays PENDING_CREATE until its first connection exists, so no operation waits for it. Neutron
 * refuses any change of it until then, so such a change replaces it.
 *
 * Declare its prerequisites in `dependsOn`: the router's gateway and its interface in the subnet must exist
 * before it, and must be deleted after it.
 *
 * @example
 * ```ts
 * const service = new vpnaas.VpnService("office", {
 *   routerId: "66e3b16c-8ce5-40fb-bb49-ab6d8dc3f2aa",
 *   subnetId: "14067794-975d-461e-b502-dd40c0383d26",
 * });
 * export const address = service.externalV4Ip;
 * ```
 */
export class VpnService extends resourceClass<VpnServiceArgs, VpnServiceState>("VpnService") {}

/**
 * Looks up the one VPN service that has the given id, name, router, subnet and so on.
 *
 * Each argument must equal the value in the cloud, names exactly; this package compares them itself and does
 * not rely on the cloud's filters. A preview looks it up as well.
 * @throws LookupError if no VPN service that the login sees matches, or more than one.
 *
 * @example
 * ```ts
 * const office = await vpnaas.getVpnService({ name: "office" });
 * export const address = office.externalV4Ip;
 * ```
 */
export function getVpnService(args: GetVpnServiceArgs): Promise<GetVpnServiceResult> {
  return lookup("VpnService", args);
}

/**
 * {@link getVpnService} for inputs, which may be outputs of other resources.
 *
 * In a preview the result is unknown as long as an input is unknown, or a resource behind an input or in
 * `dependsOn` does not exist yet. It is secret if an input is.
 *
 * @example
 * ```ts
 * const service = vpnaas.getVpnServiceOutput({ routerId: router.id }, { dependsOn: [network] });
 * ```
 */
export function getVpnServiceOutput(
  args: GetVpnServiceOutputArgs,
  opts?: LookupOutputOptions,
): pulumi.Output<GetVpnServiceResult> {
  return lookupOutput("VpnService", args, opts);
}
