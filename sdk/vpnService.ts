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
 * A VPN service: a router's end of its tunnels. A router takes one, and needs an external gateway.
 *
 * With a subnet its connections say `peerCidrs`; without one they say endpoint groups. A change of the
 * router or the subnet replaces it, and its connections with it.
 *
 * It stays PENDING_CREATE until its first connection is there, and is not waited for. Neutron
 * refuses any change of it until then, so such a change replaces it.
 *
 * Give it what it stands on: the router's gateway and its interface in the subnet must be there before,
 * and go after it (`dependsOn`).
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
 * What is given has to be the same as what the cloud shows, names to the letter; the cloud's own
 * filters are not relied on. In a preview it is looked up as well.
 * @throws LookupError where no VPN service that the login sees fits, or more than one.
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
 * In a preview the result is unknown as long as an input is, or a resource that an input comes from or
 * that stands in `dependsOn` is not there yet. It is secret if an input is.
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
